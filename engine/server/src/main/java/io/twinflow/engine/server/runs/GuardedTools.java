package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/**
 * Lets each run see the files of its own subject only. Before there is a run, what is submitted was
 * looked at by {@link MayRead}.
 *
 * @param network whether tools may have the network, and with it all that this machine can reach
 */
public record GuardedTools(TaskTools tools, RunFiles files, boolean network) implements TaskTools {

  @Override
  public TaskTools ofRun(RunId run, String subject) {
    return new GuardedRun(tools.ofRun(run, subject), files.of(run, subject), network);
  }

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      ChooseSite sites,
      RunOptions options,
      Raised raised) {
    throw new IllegalStateException("an attempt belongs to a run");
  }

  @Override
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode) {
    throw new IllegalStateException("outputs belong to a run");
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs) {
    throw new IllegalStateException("an expression belongs to a run");
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
