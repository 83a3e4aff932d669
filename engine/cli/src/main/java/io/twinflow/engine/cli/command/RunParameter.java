package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.RunId;
import picocli.CommandLine.Parameters;

/** Which run a command is about. */
final class RunParameter {

  static final String WHAT = "The run's id, a beginning of it, its last letters, or latest.";

  @Parameters(index = "0", paramLabel = "RUN", description = WHAT)
  private String wanted = "";

  /** As it was written. */
  String text() {
    return wanted;
  }

  RunId find(Engine engine) throws CliException {
    return RunIds.find(engine, wanted);
  }
}
