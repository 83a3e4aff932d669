package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.SequenceFlow;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** References lead to something of the right kind in the same scope. */
final class CheckReferences {

  private final FlowScope scope;
  private final ProblemLog log;
  private final Map<String, FlowNode> nodes = new HashMap<>();

  CheckReferences(FlowScope scope, ProblemLog log) {
    this.scope = scope;
    this.log = log;
    scope.nodes().forEach(node -> nodes.put(node.id(), node));
  }

  void check() {
    for (SequenceFlow flow : scope.flows()) {
      mustBeNode("sourceRef", flow.source(), flow.position());
      mustBeNode("targetRef", flow.target(), flow.position());
    }
    for (FlowNode node : scope.nodes()) {
      checkNode(node);
    }
  }

  private void checkNode(FlowNode node) {
    switch (node) {
      case FlowNode.BoundaryEvent boundary -> checkBoundary(boundary);
      case FlowNode.Gateway gateway -> checkDefault(gateway, gateway.defaultFlow());
      case FlowNode.Activity activity -> checkDefault(activity, activity.traits().defaultFlow());
      case FlowNode.ThrowEvent ignored -> {}
      case FlowNode.EndEvent ignored -> {}
      case FlowNode.StartEvent ignored -> {}
      case FlowNode.CatchEvent ignored -> {}
    }
  }

  private void checkBoundary(FlowNode.BoundaryEvent boundary) {
    FlowNode activity = nodes.get(boundary.attachedTo());
    if (activity == null) {
      mustBeNode("attachedToRef", boundary.attachedTo(), boundary.position());
    } else if (!(activity instanceof FlowNode.Activity)) {
      log.error(
          boundary.position(),
          "attachedToRef=\"%s\" is no activity: events are attached to tasks, sub-processes and call activities."
              .formatted(boundary.attachedTo()));
    }
  }

  private void checkDefault(FlowNode node, @Nullable String defaultFlow) {
    if (defaultFlow == null) {
      return;
    }
    List<String> leaving =
        scope.flows().stream()
            .filter(flow -> flow.source().equals(node.id()))
            .map(SequenceFlow::id)
            .toList();
    if (!leaving.contains(defaultFlow)) {
      log.error(
          node.position(),
          "default=\"%s\" is no sequenceFlow that leaves \"%s\".%s"
              .formatted(defaultFlow, node.id(), NearestName.hint(defaultFlow, leaving)));
    }
  }

  private void mustBeNode(String attribute, String id, Position position) {
    if (!nodes.containsKey(id)) {
      log.error(
          position,
          "%s=\"%s\" leads nowhere: there is no such node in this process or sub-process.%s"
              .formatted(attribute, id, NearestName.hint(id, nodes.keySet())));
    }
  }
}
