package io.twinflow.engine.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one call of the command may touch; there is no other state, so that many calls can run
 * in one JVM.
 *
 * @param out for results alone
 * @param err for people
 * @param env the environment; also that of the tools
 * @param cwd what relative paths are relative to
 * @param terminal what {@code err} is
 */
public record Invocation(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> env,
    Path cwd,
    TerminalKind terminal) {

  public Invocation {
    env = Map.copyOf(env);
    cwd = cwd.toAbsolutePath().normalize();
  }

  public Optional<String> env(String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
  }

  /** A path as the caller wrote it. */
  public Path resolve(String path) {
    if (path.startsWith("file://")) {
      return Path.of(java.net.URI.create(path));
    }
    return cwd.resolve(path).normalize();
  }

  /** Colours are for terminals, and for those who want them (https://no-color.org). */
  public boolean colours() {
    return signs() && env("NO_COLOR").isEmpty();
  }

  /** Bars, arrows and dots beyond ASCII are for every terminal that can draw. */
  public boolean signs() {
    return terminal != TerminalKind.NONE && !"dumb".equals(env.get("TERM"));
  }
}
