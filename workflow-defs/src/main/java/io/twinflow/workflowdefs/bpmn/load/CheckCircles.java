package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.Repetition;
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

/**
 * A circle in which nothing waits would be run round and round within one transaction, for ever. So
 * in each there must be something that waits: nodes that do not wait are taken away from the front,
 * and what cannot be taken away stands in a circle.
 */
final class CheckCircles {

  private final FlowScope scope;
  private final ProblemLog log;
  private final Set<String> passing = new HashSet<>();

  CheckCircles(FlowScope scope, ProblemLog log) {
    this.scope = scope;
    this.log = log;
    for (FlowNode node : scope.nodes()) {
      if (!waits(node)) {
        passing.add(node.id());
      }
    }
  }

  void check() {
    Map<String, Integer> before = new HashMap<>();
    Map<String, List<String>> next = new HashMap<>();
    ways(scope)
        .forEach((source, targets) -> {
          for (String target : targets) {
            if (passing.contains(source) && passing.contains(target)) {
              before.merge(target, 1, Integer::sum);
              next.computeIfAbsent(source, id -> new ArrayList<>()).add(target);
            }
          }
        });
    Set<String> left = new HashSet<>(passing);
    Deque<String> open = new ArrayDeque<>();
    passing.stream().filter(id -> !before.containsKey(id)).forEach(open::add);
    while (!open.isEmpty()) {
      String id = open.poll();
      left.remove(id);
      for (String target : next.getOrDefault(id, List.of())) {
        if (before.merge(target, -1, Integer::sum) == 0) {
          open.add(target);
        }
      }
    }
    tell(left);
  }

  private void tell(Set<String> left) {
    for (FlowNode node : scope.nodes()) {
      if (left.contains(node.id())) {
        log.error(
            node.position(),
            "\"%s\" stands in or behind a circle in which nothing waits, so it would go round for ever. Put a timer or a task into the circle."
                .formatted(node.id()));
        return;
      }
    }
  }

  /** Whether time passes at the node: the process is put away there, and taken up again. */
  private static boolean waits(FlowNode node) {
    if (node instanceof FlowNode.Activity activity && mayBeSkipped(activity)) {
      return false;
    }
    return switch (node) {
      case FlowNode.UserTask ignored -> true;
      case FlowNode.ServiceTask ignored -> true;
      case FlowNode.ReceiveTask ignored -> true;
      case FlowNode.CatchEvent ignored -> true;
      case FlowNode.BoundaryEvent boundary -> !isThrownWithin(boundary);
      case FlowNode.SubProcess inner -> alwaysWaits(inner.body());
      case FlowNode.CallActivity ignored -> false;
      case FlowNode.StartEvent ignored -> false;
      case FlowNode.EndEvent ignored -> false;
      case FlowNode.ThrowEvent ignored -> false;
      case FlowNode.Gateway ignored -> false;
    };
  }

  /** It comes from what it is attached to, maybe before anything has waited there. */
  private static boolean isThrownWithin(FlowNode.BoundaryEvent boundary) {
    return boundary.event() instanceof EventDefinition.BpmnError
        || boundary.event() instanceof EventDefinition.Escalation;
  }

  /** Where the process may go from each node. */
  private static Map<String, List<String>> ways(FlowScope scope) {
    Map<String, List<String>> ways = new HashMap<>();
    for (SequenceFlow flow : scope.flows()) {
      ways.computeIfAbsent(flow.source(), id -> new ArrayList<>()).add(flow.target());
    }
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.BoundaryEvent boundary && isThrownWithin(boundary)) {
        ways.computeIfAbsent(boundary.attachedTo(), id -> new ArrayList<>()).add(boundary.id());
      }
    }
    return ways;
  }

  /** A list may be empty. */
  private static boolean mayBeSkipped(FlowNode.Activity activity) {
    Repetition repetition = activity.traits().repetition();
    return repetition != null && (repetition.times() == null || !repetition.times().isConstant());
  }

  /** Whether every way from a start to where the ways end meets something that waits. */
  private static boolean alwaysWaits(FlowScope body) {
    Map<String, List<String>> next = ways(body);
    Map<String, FlowNode> nodes = new HashMap<>();
    body.nodes().forEach(node -> nodes.put(node.id(), node));
    Deque<String> open = new ArrayDeque<>();
    body.nodes().stream()
        .filter(FlowNode.StartEvent.class::isInstance)
        .forEach(node -> open.add(node.id()));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String id = open.poll();
      FlowNode node = nodes.get(id);
      if (node != null && waits(node)) {
        continue;
      }
      List<String> targets = next.getOrDefault(id, List.of());
      if (targets.isEmpty()) {
        return false;
      }
      targets.stream().filter(seen::add).forEach(open::add);
    }
    return true;
  }
}
