package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import java.util.Set;

/** A failure of the engine in the words and numbers of a command. */
final class Failures {

  /** The codes of what a document requires and is not there. */
  private static final Set<String> UNSUPPORTED = Set.of("requirement.container", "plan.operation");

  private Failures() {}

  static int exitCode(Failure failure) {
    return UNSUPPORTED.contains(failure.code()) ? ExitCode.UNSUPPORTED : ExitCode.FAILURE;
  }

  static CliException asCli(FailureException e) {
    Failure failure = e.failure();
    return new CliException(exitCode(failure), Words.harmless(failure.message()), e);
  }
}
