package io.twinflow.engine.core.plan;

import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a workflow's graph.
 *
 * @param links one per input of the step, in order
 * @param upstream the number of different steps whose outputs it needs
 * @param consumers the indices of the steps that need its outputs, each once
 * @param expressionLib for {@code valueFrom} and {@code when}; null where JavaScript is not allowed
 */
public record PlannedStep(
    int index,
    WorkflowStep definition,
    PlannedProcess process,
    List<ResolvedLink> links,
    int upstream,
    List<Integer> consumers,
    @Nullable List<String> expressionLib) {
  public PlannedStep {
    links = List.copyOf(links);
    consumers = List.copyOf(consumers);
    expressionLib = expressionLib == null ? null : List.copyOf(expressionLib);
  }

  public String name() {
    return definition.name();
  }

  public boolean isScattered() {
    return !definition.scatter().isEmpty();
  }

  public boolean loops() {
    return definition.loop() != null;
  }

  /** Whether something must be evaluated or read before an invocation can be made. */
  public boolean needsEvaluation() {
    return definition.when() != null
        || definition.loop() != null
        || definition.in().stream()
            .anyMatch(
                in -> in.valueFrom() != null || in.loadContents() || in.loadListing() != null);
  }
}
