package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder with documents and tools, in which {@code run} may go wrong, but never with a trace. */
final class Trial {

  /** The exit code of whatever is no success and not unsupported. */
  static final int FAILURE = 1;

  private final Path folder;

  Trial(Path folder) {
    this.folder = folder;
  }

  CommandRun run(String... args) {
    CommandRun run =
        CommandRun.in(folder)
            .call(Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new));
    assertThat(run.err())
        .doesNotContain("\tat ", "Exception", "a defect of Twinflow")
        .doesNotContain("\u001b");
    return run;
  }

  void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Writes a tool that runs a shell script; see {@link Tools#shell}. */
  void tool(String name, String script, String rest) throws IOException {
    Tools.shell(folder.resolve(name), script, rest);
  }
}
