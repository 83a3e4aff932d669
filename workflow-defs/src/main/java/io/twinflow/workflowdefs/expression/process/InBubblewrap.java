package io.twinflow.workflowdefs.expression.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bubblewrap around a child, where it works (bwrap(1)): the child has no network, sees no process
 * but its own, and of all files only the Java that runs it, what it evaluates with and the
 * libraries of the system, none of which it can write. Where it does not work, nothing is around.
 */
public final class InBubblewrap implements ProcessSettings.Wrapper {

  private static final Logger LOG = System.getLogger(InBubblewrap.class.getName());
  private static final Path PROGRAM = Path.of("/usr/bin/bwrap");

  private static final List<String> APART =
      List.of(
          PROGRAM.toString(),
          "--unshare-all",
          "--die-with-parent",
          "--new-session",
          "--cap-drop",
          "ALL",
          "--proc",
          "/proc",
          "--dev",
          "/dev");

  /** What Java is linked with; distributions keep a part of Java itself in /etc. */
  private static final List<String> SYSTEM =
      List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store");

  private static final String SETTINGS = "java*";

  private @Nullable Boolean works;

  @Override
  public List<String> around(List<Path> readable) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      return List.of();
    }
    List<String> words = words(readable);
    return works(words, readable.getFirst()) ? words : List.of();
  }

  private static List<String> words(List<Path> readable) throws IOException {
    List<String> words = new ArrayList<>(APART);
    for (String folder : SYSTEM) {
      words.addAll(List.of("--ro-bind-try", folder, folder));
    }
    try (var settings = Files.newDirectoryStream(Path.of("/etc"), SETTINGS)) {
      for (Path one : settings) {
        words.addAll(List.of("--ro-bind", one.toString(), one.toString()));
      }
    }
    for (Path path : readable) {
      words.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }
    words.addAll(List.of("--chdir", "/", "--"));
    return words;
  }

  /** Whether Java starts in it; asked once. */
  private synchronized boolean works(List<String> words, Path java) throws IOException {
    if (works == null) {
      List<String> command = new ArrayList<>(words);
      command.addAll(List.of(java.resolve("bin/java").toString(), "-Xshare:auto", "-version"));
      works = succeeds(command);
      if (!works) {
        LOG.log(
            Level.WARNING,
            "bubblewrap does not work here: expressions are evaluated in processes without it. It needs user namespaces (sysctl user.max_user_namespaces)");
      }
    }
    return works;
  }

  private static boolean succeeds(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while bubblewrap was tried", e);
    }
  }
}
