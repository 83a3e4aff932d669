package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Executor;
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
import org.jspecify.annotations.Nullable;

/**
 * Refuses attempts for which something would be put in place that the run may not name: expressions
 * can make files of any location.
 */
public record GuardedTools(TaskTools tools, FileRoots roots) implements TaskTools {

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      Executor executor,
      RunOptions options)
      throws FailureException {
    PreparedTask task = tools.prepare(tool, name, inputs, attempt, executor, options);
    for (Staging entry : task.spec().staging()) {
      URI source = source(entry);
      if (source != null && "file".equals(source.getScheme()) && !roots.hold(Path.of(source))) {
        throw new FailureException(
            new Failure(
                FailureKind.USER,
                "input.forbidden",
                "%s may not be given to a tool: it is neither uploaded nor made by a run nor below a folder that the administrator allows (twinflow serve --allow-root)"
                    .formatted(source.getPath())));
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
    return tools.collect(task, tool, folder, exitCode);
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs)
      throws FailureException {
    return tools.evaluate(expression, inputs);
  }

  @Override
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    return tools.resolve(parameters, requirements, ontology, values);
  }
}
