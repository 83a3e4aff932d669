package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a workflow.
 *
 * @param out the outputs of {@code run} that the step publishes
 * @param scatter the names of the scattered inputs; empty if the step is not scattered
 * @param requirements those of the step itself; inheritance is the plan's
 */
public record WorkflowStep(
    String name,
    @Nullable String label,
    @Nullable String doc,
    List<StepInput> in,
    List<String> out,
    CwlProcess run,
    @Nullable ExpressionText when,
    List<String> scatter,
    ScatterMethod scatterMethod,
    @Nullable Loop loop,
    Requirements requirements,
    Position position) {
  public WorkflowStep {
    in = List.copyOf(in);
    out = List.copyOf(out);
    scatter = List.copyOf(scatter);
  }

  /** How several scattered inputs combine. */
  public enum ScatterMethod {
    DOTPRODUCT,
    NESTED_CROSSPRODUCT,
    FLAT_CROSSPRODUCT
  }
}
