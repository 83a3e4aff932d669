package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.OutputPublisher;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.nio.file.Path;

/** Brings the outputs of a run to where the caller wants them. */
final class HandOver {

  private HandOver() {}

  /** The outputs as they are in the folder. */
  static RecordValue publish(Engine engine, RunId run, RecordValue outputs, Path outdir)
      throws CliException {
    try {
      return new OutputPublisher(new FileArtifacts(), outdir, engine.secrets(run)::reveal)
          .publish(outputs);
    } catch (FailureException e) {
      throw Failures.asCli(e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE,
          outdir
              + ": the results of run "
              + run
              + " cannot be written here: "
              + e.getMessage()
              + "\nThey are kept; to write them elsewhere: twinflow retry "
              + run
              + " --outdir DIR",
          e);
    }
  }
}
