package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is undone can be undone, once, and from where it is thrown. BPMN 2.0, section 10.5.6. */
final class CheckUndoing {

  /** Each event that throws is deployed with the activities that it may need. */
  private static final int MOST_COPIES = 1_000;

  private final ProblemLog log;
  private long copies;

  private CheckUndoing(ProblemLog log) {
    this.log = log;
  }

  static void check(BpmnProcess process, ProblemLog log) {
    CheckUndoing check = new CheckUndoing(log);
    check.scope(process.body(), null);
    if (check.copies > MOST_COPIES) {
      log.error(
          process.position(),
          "what undoes in \"%s\" would be deployed with %,d nodes, once for each event that throws, at most %,d are. Let the ways meet at one event."
              .formatted(process.id(), check.copies, MOST_COPIES));
    }
  }

  private void scope(FlowScope scope, FlowNode.@Nullable SubProcess around) {
    String whyNot = whyNot(around);
    if (whyNot == null) {
      new CheckHandlers(scope, log).check();
    }
    for (FlowNode node : scope.nodes()) {
      EventDefinition.Compensation event = compensation(node);
      if (whyNot != null && takesPart(node)) {
        log.unsupported(node.position(), whyNot);
      } else if (event != null && !(node instanceof FlowNode.BoundaryEvent)) {
        thrown(node, event.activity(), scope);
      }
      if (node instanceof FlowNode.SubProcess inner) {
        if (inner.traits().forCompensation()) {
          refuseWithin(inner);
        } else {
          scope(inner.body(), inner);
        }
      }
    }
  }

  private static @Nullable String whyNot(FlowNode.@Nullable SubProcess around) {
    return around != null && around.onEvent()
        ? "nothing is undone in an event sub-process. Catch the event with a boundaryEvent, and throw the compensation after it, where what is undone stands."
        : null;
  }

  private void refuseWithin(FlowNode.SubProcess handler) {
    for (FlowScope scope : handler.body().all()) {
      for (FlowNode node : scope.nodes()) {
        if (takesPart(node)) {
          log.unsupported(
              node.position(),
              "\"%s\" stands in \"%s\", which undoes, and nothing can be undone in it. Draw it outside."
                  .formatted(node.id(), handler.id()));
        }
      }
    }
  }

  private void thrown(FlowNode event, @Nullable String activity, FlowScope scope) {
    Map<String, FlowNode.Activity> handlers = scope.handlers();
    if (activity != null && !handlers.containsKey(activity)) {
      log.error(
          event.position(),
          "activityRef=\"%s\" cannot be undone: expected an activity of the same process or sub-process, with a boundaryEvent with compensateEventDefinition.%s"
              .formatted(activity, NearestName.hint(activity, handlers.keySet())));
      return;
    }
    if (activity != null) {
      copies += size(List.of(handlers.get(activity)));
      return;
    }
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.SubProcess inner
          && !handlers.containsKey(inner.id())
          && inner.body().all().stream().anyMatch(within -> !within.undoings().isEmpty())) {
        log.unsupported(
            event.position(),
            "activities in \"%s\" can be undone, but not from outside of it. Attach a boundaryEvent with compensateEventDefinition to \"%s\" itself, or name what is undone here: activityRef=\"…\"."
                .formatted(inner.id(), inner.id()));
        return;
      }
    }
    if (handlers.isEmpty()) {
      log.error(
          event.position(),
          "\"%s\" has nothing to undo: no activity of the same process or sub-process has a boundaryEvent with compensateEventDefinition."
              .formatted(event.id()));
    }
    copies += size(Set.copyOf(handlers.values()));
  }

  private static long size(Collection<FlowNode.Activity> handlers) {
    return handlers.stream()
        .mapToLong(handler ->
            handler instanceof FlowNode.SubProcess inner
                ? 1 + inner.body().all().stream().mapToLong(scope -> scope.nodes().size()).sum()
                : 1)
        .sum();
  }

  private static boolean takesPart(FlowNode node) {
    return compensation(node) != null
        || (node instanceof FlowNode.Activity activity && activity.traits().forCompensation());
  }

  private static EventDefinition.@Nullable Compensation compensation(FlowNode node) {
    EventDefinition event =
        switch (node) {
          case FlowNode.EndEvent end -> end.event();
          case FlowNode.ThrowEvent on -> on.event();
          case FlowNode.BoundaryEvent boundary -> boundary.event();
          case FlowNode.StartEvent start -> start.event();
          case FlowNode.CatchEvent on -> on.event();
          case FlowNode.Gateway ignored -> new EventDefinition.None();
          case FlowNode.Activity ignored -> new EventDefinition.None();
        };
    return event instanceof EventDefinition.Compensation compensation ? compensation : null;
  }
}
