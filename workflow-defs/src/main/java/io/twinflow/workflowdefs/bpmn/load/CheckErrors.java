package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The work of a service task fails in one of a few ways; another one is never caught at it. */
final class CheckErrors {

  /** As the engine names kinds of failures. */
  private static final List<String> KINDS =
      List.of("USER", "TASK", "RESOURCES", "INFRASTRUCTURE", "CANCELLED", "INTERNAL");

  private CheckErrors() {}

  static void check(FlowScope process, ProblemLog log) {
    for (FlowScope scope : process.all()) {
      Map<String, FlowNode> nodes = new HashMap<>();
      scope.nodes().forEach(node -> nodes.put(node.id(), node));
      for (FlowNode node : scope.nodes()) {
        if (node instanceof FlowNode.BoundaryEvent boundary
            && boundary.event() instanceof EventDefinition.BpmnError(String code)
            && code != null) {
          check(boundary, code, nodes.get(boundary.attachedTo()), log);
        }
      }
    }
  }

  private static void check(
      FlowNode.BoundaryEvent boundary,
      String code,
      @org.jspecify.annotations.Nullable FlowNode attachedTo,
      ProblemLog log) {
    Set<String> thrown = new HashSet<>();
    switch (attachedTo) {
      case FlowNode.ServiceTask ignored -> thrown.addAll(KINDS);
      case FlowNode.SubProcess inner -> {
        thrown.addAll(KINDS);
        inner.body().all().forEach(scope -> thrown.addAll(ends(scope)));
      }
      case null, default -> {
        return;
      }
    }
    if (!thrown.contains(code)) {
      log.error(
          boundary.position(),
          "nothing in \"%s\" fails with the error \"%s\"; work fails with one of %s.%s"
              .formatted(
                  boundary.attachedTo(),
                  code,
                  String.join(", ", KINDS),
                  NearestName.hint(code, thrown)));
    }
  }

  private static List<String> ends(FlowScope scope) {
    return scope.nodes().stream()
        .filter(FlowNode.EndEvent.class::isInstance)
        .map(node -> ((FlowNode.EndEvent) node).event())
        .filter(EventDefinition.BpmnError.class::isInstance)
        .map(event -> String.valueOf(((EventDefinition.BpmnError) event).code()))
        .toList();
  }
}
