package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.secret.SecretValues;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.RecordValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one run may use. Values are looked at where they come into being, as expressions and tools
 * can make files of any location, and once more before a file is given to a tool.
 */
record GuardedRun(TaskTools tools, Predicate<URI> files, boolean network) implements TaskTools {

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      ChooseSite sites,
      RunOptions options,
      Raised raised)
      throws FailureException {
    PreparedTask task =
        GuardedArtifacts.within(
            files, () -> tools.prepare(tool, name, inputs, attempt, sites, options, raised));
    if (task.spec().networkAccess() && !network) {
      throw refused(
          "network.refused",
          "it asks for the network (NetworkAccess), where a tool could reach the services of this machine and its cloud; give what it fetches as an input by URL, or ask the administrator to start the server with --allow-tool-network");
    }
    for (Staging entry : task.spec().staging()) {
      URI source = source(entry);
      if (source != null) {
        check(source);
      }
    }
    return task;
  }

  private static @Nullable URI source(Staging entry) {
    return switch (entry) {
      case Staging.Link link -> link.source();
      case Staging.Copy copy -> copy.source();
      case Staging.InPlace thing -> thing.source();
      case Staging.WriteText _, Staging.MakeDirectory _ -> null;
    };
  }

  @Override
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode)
      throws FailureException {
    CollectedOutputs outputs =
        GuardedArtifacts.within(files, () -> tools.collect(task, tool, folder, exitCode));
    return new CollectedOutputs(checked(outputs.outputs()), outputs.artifacts());
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs)
      throws FailureException {
    return checked(GuardedArtifacts.within(files, () -> tools.evaluate(expression, inputs)));
  }

  @Override
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    return GuardedArtifacts.within(
        files, () -> tools.resolve(parameters, requirements, ontology, values));
  }

  private RecordValue checked(RecordValue values) throws FailureException {
    for (String location : SecretValues.locations(values)) {
      check(Locations.uri(location.startsWith("/") ? Locations.of(Path.of(location)) : location));
    }
    return values;
  }

  private void check(URI location) throws FailureException {
    if (!files.test(location)) {
      throw refused(
          "input.forbidden",
          "%s may not be used: it is neither uploaded nor made by a run of the same person nor below a folder that the administrator allows (twinflow serve --allow-root)"
              .formatted(Locations.show(location.toString())));
    }
  }

  private static FailureException refused(String code, String message) {
    return new FailureException(new Failure(FailureKind.USER, code, message));
  }
}
