package io.twinflow.executors.local.files;

import io.twinflow.executors.api.OutputFolder.EscapeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides what an attempt may show as its own: what really lies in its folders, and what was staged
 * into it, under the name of its source.
 *
 * @param folders of the attempt, without links in their paths
 */
record Sight(List<Path> folders, List<Staged> staged) {

  /**
   * @param real the source without links in its path
   */
  record Staged(Path source, Path real) {}

  /** The path under which others reach a file. */
  Path source(Path host, Path tool) throws IOException, EscapeException {
    Path real = host.toRealPath();
    for (Path folder : folders) {
      if (real.startsWith(folder)) {
        return real;
      }
    }
    for (Staged s : staged) {
      if (real.startsWith(s.real())) {
        return s.source().resolve(s.real().relativize(real)).normalize();
      }
    }
    throw new EscapeException(
        "%s leads to %s, which is neither in the working folder nor an input of this task: write outputs into the working folder"
            .formatted(tool, real));
  }
}
