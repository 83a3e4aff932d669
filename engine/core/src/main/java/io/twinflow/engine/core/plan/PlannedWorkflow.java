package io.twinflow.engine.core.plan;

import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import java.util.List;

/**
 * A workflow's graph.
 *
 * @param steps in the order of the document; a step's index is its place in this list
 * @param outputs one per output of the workflow, in order
 */
public record PlannedWorkflow(
    Workflow definition,
    Requirements requirements,
    FormatOntology ontology,
    List<PlannedStep> steps,
    List<ResolvedLink> outputs)
    implements PlannedProcess {
  public PlannedWorkflow {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /**
   * @throws IllegalArgumentException if there is no such step
   */
  public PlannedStep step(String name) {
    for (PlannedStep step : steps) {
      if (step.name().equals(name)) {
        return step;
      }
    }
    throw new IllegalArgumentException("no step '%s' in the plan".formatted(name));
  }
}
