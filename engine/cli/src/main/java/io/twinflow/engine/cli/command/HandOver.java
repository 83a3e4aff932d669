package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.FileArtifacts;
import io.twinflow.engine.core.artifact.OutputPublisher;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Brings the outputs of a run to where the caller wants them. */
final class HandOver {

  private HandOver() {}

  /**
   * Whether results are in folders of their own, 2, 3 and so on, because others have their names.
   */
  static boolean isAnyApart(Value results, Path outdir) {
    return switch (results) {
      case FileValue file -> isApart(file.location(), outdir);
      case DirectoryValue directory -> isApart(directory.location(), outdir);
      case ListValue list -> list.items().stream().anyMatch(item -> isAnyApart(item, outdir));
      case RecordValue fields ->
          fields.fields().values().stream().anyMatch(field -> isAnyApart(field, outdir));
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> false;
    };
  }

  private static boolean isApart(@Nullable String location, Path outdir) {
    if (location == null || !location.startsWith("file:")) {
      return false;
    }
    Path folder = Iri.toPath(location).getParent();
    Path name = folder == null ? null : folder.getFileName();
    return folder != null
        && name != null
        && outdir.equals(folder.getParent())
        && name.toString().matches("[0-9]+");
  }

  /**
   * The outputs as they are in the folder.
   *
   * @param remote fetches what sites have put into the store
   */
  static RecordValue publish(
      Engine engine, RemoteInputs remote, RunId run, RecordValue outputs, Path outdir)
      throws CliException {
    try {
      return new OutputPublisher(new FileArtifacts(), remote, outdir, engine.secrets(run)::reveal)
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
