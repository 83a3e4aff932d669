package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.SequenceFlow;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What no way leads to is a mistake of the drawing. */
final class CheckReach {

  private CheckReach() {}

  static void check(FlowScope scope, ProblemLog log) {
    Set<String> reached = reached(scope);
    for (FlowNode node : scope.nodes()) {
      if (!reached.contains(node.id())) {
        log.error(
            node.position(),
            "no way leads from a startEvent to \"%s\", so it is never reached."
                .formatted(node.id()));
      }
    }
  }

  private static Set<String> reached(FlowScope scope) {
    Map<String, List<String>> next = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    for (SequenceFlow flow : scope.flows()) {
      next.computeIfAbsent(flow.source(), id -> new ArrayList<>()).add(flow.target());
    }
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.BoundaryEvent boundary) {
        next.computeIfAbsent(boundary.attachedTo(), id -> new ArrayList<>()).add(node.id());
      }
      boolean begins =
          node instanceof FlowNode.StartEvent
              || (node instanceof FlowNode.SubProcess inner && inner.onEvent())
              || (node instanceof FlowNode.Activity activity
                  && activity.traits().forCompensation());
      if (begins) {
        open.add(node.id());
      }
    }
    Set<String> reached = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (String target : next.getOrDefault(open.poll(), List.of())) {
        if (reached.add(target)) {
          open.add(target);
        }
      }
    }
    return reached;
  }
}
