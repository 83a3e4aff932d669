package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.Repetition;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.ProblemLog;
import org.jspecify.annotations.Nullable;

/**
 * A process engine pays for parallel repetitions by the square of their number, which was measured:
 * over work of machines it is refused unless it is known to be small. A scatter does it in line.
 */
final class CheckRepetitions {

  private CheckRepetitions() {}

  static void check(FlowScope scope, ProblemLog log) {
    check(scope, 1, log);
  }

  /**
   * @param around how many of the scope go at the same time
   */
  private static void check(FlowScope scope, long around, ProblemLog log) {
    for (FlowNode node : scope.nodes()) {
      if (!(node instanceof FlowNode.Activity activity)) {
        continue;
      }
      Repetition repetition = activity.traits().repetition();
      long times = repetition == null ? 1 : times(repetition, activity, log);
      long parallel = repetition == null || repetition.sequential() ? 1 : times;
      if (around * parallel > Repetition.MOST_PARALLEL) {
        log.error(
            activity.position(),
            "\"%s\" would go %,d times in parallel, at most %d are run. Let one tw:run call a workflow with a scatter over the items."
                .formatted(activity.id(), around * parallel, Repetition.MOST_PARALLEL));
      } else if (activity instanceof FlowNode.SubProcess inner) {
        check(inner.body(), around * Math.max(1, parallel), log);
      }
    }
  }

  /** What is not known counts as once; it is refused before, where it matters. */
  private static long times(Repetition repetition, FlowNode.Activity activity, ProblemLog log) {
    Long times = constant(repetition.times());
    if (repetition.times() != null && repetition.times().isConstant() && times == null) {
      log.error(
          repetition.times().position(),
          "expected a whole number from 1 on for loopCardinality, found \"%s\"."
              .formatted(repetition.times().text()));
    }
    if (times == null && !repetition.sequential() && isWorkOfMachines(activity)) {
      log.error(
          activity.position(),
          "how often \"%s\" goes in parallel is not known before it runs, and it may be more than the %d that a process can carry. Let one tw:run call a workflow with a scatter over the items, or write a number as loopCardinality."
              .formatted(activity.id(), Repetition.MOST_PARALLEL));
    }
    return times == null ? 1 : times;
  }

  private static @Nullable Long constant(@Nullable Template times) {
    return times != null && times.text().matches("[1-9]\\d{0,8}")
        ? (Long) Long.parseLong(times.text())
        : null;
  }

  private static boolean isWorkOfMachines(FlowNode node) {
    return switch (node) {
      case FlowNode.ServiceTask ignored -> true;
      case FlowNode.CallActivity ignored -> true;
      case FlowNode.SubProcess inner ->
          inner.body().nodes().stream().anyMatch(CheckRepetitions::isWorkOfMachines);
      case FlowNode.UserTask ignored -> false;
      case FlowNode.ReceiveTask ignored -> false;
      case FlowNode.StartEvent ignored -> false;
      case FlowNode.EndEvent ignored -> false;
      case FlowNode.CatchEvent ignored -> false;
      case FlowNode.ThrowEvent ignored -> false;
      case FlowNode.BoundaryEvent ignored -> false;
      case FlowNode.Gateway ignored -> false;
    };
  }
}
