package io.twinflow.executors.local;

import io.twinflow.executors.local.process.Ending;
import io.twinflow.executors.local.process.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether bubblewrap came as far as the tool. It copies all mounts of the machine, one by one, and
 * where {@code /} is a shared mount (systemd makes it one) a container that ends meanwhile takes
 * one of them away: {@code Unable to apply mount flags}. The tool has not been started then.
 */
final class SandboxStart {

  /** How often a sandbox is tried to be made. */
  static final int MOST = 5;

  /** Bubblewrap's own, as well as one that a tool may have. */
  private static final int FAILED = 1;

  /** It writes so when the tool has ended (bwrap(1), {@code --json-status-fd}). */
  private static final String TOOL_ENDED = "\"exit-code\"";

  /** The sandbox is made; the program cannot be executed. */
  private static final String NO_PROGRAM = "bwrap: execvp";

  private SandboxStart() {}

  /**
   * @return bubblewrap's words, if it made no sandbox
   */
  static Optional<String> failure(Launch launch, Ending ending) throws IOException {
    Path status = launch.status();
    if (status == null || ending.code() != FAILED || text(status).contains(TOOL_ENDED)) {
      return Optional.empty();
    }
    String last = text(launch.stderr()).lines().reduce("bubblewrap said nothing", (a, b) -> b);
    return last.startsWith(NO_PROGRAM) ? Optional.empty() : Optional.of(last);
  }

  /** Names of files may be no text. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Leaves nothing of a try that failed in what the tool is going to write. */
  static void forget(Launch launch) throws IOException {
    Path status = launch.status();
    if (status != null) {
      Files.deleteIfExists(status);
      Files.write(launch.stderr(), new byte[0]);
    }
  }
}
