package io.twinflow.engine.cli;

/**
 * What the command tells its caller. CWL v1.2, CommandLineTool, "Executing CWL documents as
 * scripts".
 */
public final class ExitCode {
  public static final int SUCCESS = 0;
  public static final int FAILURE = 1;

  /** The command line itself is wrong. */
  public static final int USAGE = 2;

  /** The document asks for something that is not there. */
  public static final int UNSUPPORTED = 33;

  /** Ctrl-C, as shells count it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
