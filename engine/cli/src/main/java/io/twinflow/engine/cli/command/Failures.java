package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;

/** A failure of the engine in the words and numbers of a command. */
final class Failures {

  private static final String UNSUPPORTED = "unsupported";

  private Failures() {}

  static int exitCode(Failure failure) {
    return failure.code().startsWith(UNSUPPORTED) ? ExitCode.UNSUPPORTED : ExitCode.FAILURE;
  }

  static CliException asCli(FailureException e) {
    Failure failure = e.failure();
    return new CliException(exitCode(failure), Words.harmless(failure.message()), e);
  }
}
