package io.twinflow.engine.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tools for tests. */
final class Tools {

  private Tools() {}

  /**
   * A tool that runs a shell script.
   *
   * @param rest of the document: inputs and outputs at least
   */
  static void shell(Path file, String script, String rest) throws IOException {
    Files.writeString(
        file,
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: [sh, -c]
        arguments:
          - |
        %s
        %s
        """
            .formatted(script.strip().indent(4).stripTrailing(), rest.stripTrailing()));
  }
}
