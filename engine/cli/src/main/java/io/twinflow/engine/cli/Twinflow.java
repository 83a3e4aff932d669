package io.twinflow.engine.cli;

import io.twinflow.engine.cli.command.CommandTree;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** One call of the command. Nothing is shared between calls, so many can go on in one JVM. */
public final class Twinflow {

  private final Invocation invocation;
  private final Interruption interruption = new Interruption();

  public Twinflow(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The command without a terminal; returns its exit code. */
  public static int execute(
      String[] args,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> env,
      Path cwd) {
    return new Twinflow(new Invocation(in, out, err, env, cwd, TerminalKind.NONE)).run(args);
  }

  public int run(String... args) {
    int code = new CommandTree(invocation, interruption).execute(args);
    invocation.out().flush();
    invocation.err().flush();
    return code;
  }

  /**
   * Asks what is going on to end, as Ctrl-C does; may be called from any thread.
   *
   * @return false if there is nothing to cancel and the caller may simply end
   */
  public boolean interrupt() {
    return interruption.request();
  }
}
