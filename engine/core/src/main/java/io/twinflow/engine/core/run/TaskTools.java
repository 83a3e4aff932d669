package io.twinflow.engine.core.run;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
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
 * What the run asks about a single tool or expression. Safe for many threads; nothing here changes
 * anything outside.
 */
public interface TaskTools {

  /**
   * As one run may use them; a server lets each see no other files than those of its subject. Asked
   * once, before anything else is asked for the run.
   */
  default TaskTools ofRun(RunId run, String subject) {
    return this;
  }

  /**
   * An attempt as a site can run it; the same arguments give the same attempt, also after a crash.
   *
   * @param name the task's address
   * @param inputs as the links gave them
   * @param sites is asked once
   * @param raised what the task gets beyond what the tool asks for
   * @throws FailureException of kind USER if an expression or input is wrong
   */
  PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      ChooseSite sites,
      RunOptions options,
      Raised raised)
      throws FailureException;

  /**
   * The outputs of an attempt whose tool has ended well.
   *
   * @param folder where the tool left them
   * @throws FailureException of kind TASK if it did not make what it promises
   */
  CollectedOutputs collect(PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode)
      throws FailureException;

  /** The outputs of an ExpressionTool. */
  RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs)
      throws FailureException;

  /** Defaults, types, and what the files among the inputs shall carry. */
  RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException;
}
