package io.twinflow.engine.core.view;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Workflow;
import java.util.List;

/**
 * The steps of a plan by name, so that a view can show what has not begun yet.
 *
 * @param name the step's; empty for the root
 * @param scattered whether its shards are counted
 * @param steps of a sub-workflow, in the document's order
 */
public record Outline(String name, boolean scattered, boolean loops, List<Outline> steps) {

  /** For a reader that knows the events alone. */
  public static final Outline UNKNOWN = new Outline("", false, false, List.of());

  public Outline {
    steps = List.copyOf(steps);
  }

  public static Outline of(CwlProcess process) {
    return new Outline("", false, false, stepsOf(process));
  }

  private static List<Outline> stepsOf(CwlProcess process) {
    if (!(process instanceof Workflow workflow)) {
      return List.of();
    }
    return workflow.steps().stream()
        .map(step ->
            new Outline(
                step.name(), !step.scatter().isEmpty(), step.loop() != null, stepsOf(step.run())))
        .toList();
  }
}
