package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files behind a tool's streams. */
final class Streams {

  private static final Path NOTHING = Path.of("/dev/null");

  private Streams() {}

  /** A log, or an output of the tool; then the log is a link to it. */
  static Path open(AttemptFolder folder, LogStream stream, @Nullable String redirected)
      throws IOException, AttemptFailure {
    Path log = folder.log(stream);
    if (redirected == null) {
      return log;
    }
    Path file = folder.out().resolve(redirected).normalize();
    if (!file.startsWith(folder.out()) || file.equals(folder.out())) {
      throw new AttemptFailure(
          FailureKind.USER,
          "%s goes to '%s', which is not in the working folder"
              .formatted(stream == LogStream.STDOUT ? "stdout" : "stderr", redirected));
    }
    Path parent = file.resolveSibling("");
    if (!parent.equals(folder.out())) {
      Files.createDirectories(parent);
      if (!parent.toRealPath().startsWith(folder.out().toRealPath())) {
        throw new AttemptFailure(
            FailureKind.USER, "'%s' goes through a link to an input".formatted(redirected));
      }
    }
    // Whatever stands there may be a link to an input, which must not be written to.
    Files.deleteIfExists(file);
    Files.createSymbolicLink(log, folder.path().relativize(file));
    return file;
  }

  /** To be called after stdout was opened: both may go to one file. */
  static Path errors(AttemptFolder folder, TaskSpec task) throws IOException, AttemptFailure {
    String stderr = task.stderr();
    return stderr != null && stderr.equals(task.stdout())
        ? folder.out().resolve(stderr).normalize()
        : open(folder, LogStream.STDERR, stderr);
  }

  static Path stdin(@Nullable Path file) throws AttemptFailure {
    if (file == null) {
      return NOTHING;
    }
    if (!Files.isReadable(file)) {
      throw new AttemptFailure(
          FailureKind.USER, "stdin %s does not exist or cannot be read".formatted(file));
    }
    return file;
  }
}
