package io.twinflow.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What stands behind standard error. */
public enum TerminalKind {
  /** A file, a pipe, nothing. */
  NONE,
  /** A terminal that only takes lines. */
  LINES,
  /** A terminal whose cursor can be moved. */
  SCREEN;

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /**
   * Looks at standard error itself, because standard output is often redirected while a person
   * still watches.
   */
  public static TerminalKind ofStandardError(Map<String, String> env) {
    if (!isTerminal()) {
      return NONE;
    }
    String term = env.getOrDefault("TERM", "");
    return term.isEmpty() || term.equals("dumb") ? LINES : SCREEN;
  }

  private static boolean isTerminal() {
    try {
      if (Files.isSymbolicLink(STDERR)) {
        String target = Files.readSymbolicLink(STDERR).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
      Process test =
          new ProcessBuilder("sh", "-c", "test -t 2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return test.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
