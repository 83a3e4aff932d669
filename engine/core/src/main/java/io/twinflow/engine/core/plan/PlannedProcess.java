package io.twinflow.engine.core.plan;

import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.Requirements;

/** What a step runs, with the requirements that hold for it there. */
public sealed interface PlannedProcess permits PlannedProcess.Task, PlannedWorkflow {

  CwlProcess definition();

  Requirements requirements();

  /** What becomes a task. */
  sealed interface Task extends PlannedProcess {}

  /** A command line. */
  record Tool(PlannedTool tool) implements Task {
    @Override
    public CwlProcess definition() {
      return tool.tool();
    }

    @Override
    public Requirements requirements() {
      return tool.requirements();
    }
  }

  /** An expression, evaluated by the engine itself. */
  record Expression(ExpressionTool definition, Requirements requirements, FormatOntology ontology)
      implements Task {}
}
