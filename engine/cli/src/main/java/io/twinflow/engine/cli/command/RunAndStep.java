package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which run a command is about, and which of its steps; all of them if none is named. */
final class RunAndStep {

  static final String STEP = "A step, or one shard as in /step[17].";

  @Parameters(index = "0", paramLabel = "RUN", description = RunParameter.WHAT)
  private String wanted = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = STEP)
  private @Nullable String step;

  RunId run(Engine engine) throws CliException {
    return RunIds.find(engine, wanted);
  }

  /** The run as it was written. */
  String text() {
    return wanted;
  }

  /** The step as the person wrote it. */
  Optional<String> name() {
    return Optional.ofNullable(step);
  }

  Optional<String> address(Engine engine, RunId run) throws FailureException {
    return step == null ? Optional.empty() : Optional.of(StepNames.address(engine, run, step));
  }
}
