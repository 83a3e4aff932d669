package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.ExpressionRun;
import io.twinflow.engine.core.task.OutputCollection;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.engine.core.task.ProcessInputs;
import io.twinflow.engine.core.task.TaskPreparation;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/** Tools and expressions as CWL v1.2 says, each part in its own class. */
public record StandardTaskTools(
    ProcessInputs inputs,
    TaskPreparation preparation,
    OutputCollection collection,
    ExpressionRun expressions)
    implements TaskTools {

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue values,
      AttemptKey attempt,
      ChooseSite sites,
      RunOptions options,
      Raised raised)
      throws FailureException {
    return preparation.prepare(tool, name, values, attempt, sites, options, raised);
  }

  @Override
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode)
      throws FailureException {
    return collection.collect(task, tool, folder, exitCode);
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue values)
      throws FailureException {
    return expressions.run(
        expression.definition(), expression.requirements(), expression.ontology(), values);
  }

  @Override
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    return inputs.resolve(parameters, requirements, ontology, values);
  }
}
