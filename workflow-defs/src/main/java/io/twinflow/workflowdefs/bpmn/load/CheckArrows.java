package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.SequenceFlow;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrows leave and reach nodes as BPMN 2.0 says, and none is always or never taken by mistake. */
final class CheckArrows {

  private final FlowScope scope;
  private final ProblemLog log;
  private final Map<String, FlowNode> nodes = new HashMap<>();
  private final Map<String, List<SequenceFlow>> leaving = new HashMap<>();
  private final Map<String, List<SequenceFlow>> reaching = new HashMap<>();

  CheckArrows(FlowScope scope, ProblemLog log) {
    this.scope = scope;
    this.log = log;
    scope.nodes().forEach(node -> nodes.put(node.id(), node));
    for (SequenceFlow flow : scope.flows()) {
      leaving.computeIfAbsent(flow.source(), id -> new ArrayList<>()).add(flow);
      reaching.computeIfAbsent(flow.target(), id -> new ArrayList<>()).add(flow);
    }
  }

  void check() {
    for (FlowNode node : scope.nodes()) {
      List<SequenceFlow> out = leaving.getOrDefault(node.id(), List.of());
      List<SequenceFlow> in = reaching.getOrDefault(node.id(), List.of());
      switch (node) {
        case FlowNode.StartEvent start -> {
          none(in, "no arrow can lead to the startEvent \"%s\".", start);
          some(out, start);
          noConditions(out);
        }
        case FlowNode.EndEvent end -> none(out, "no arrow can leave the endEvent \"%s\".", end);
        case FlowNode.BoundaryEvent boundary -> boundary(boundary, in, out);
        case FlowNode.Gateway gateway -> gateway(gateway, out);
        case FlowNode.Activity activity -> activity(activity, in, out);
        case FlowNode.CatchEvent ignored -> noConditions(out);
        case FlowNode.ThrowEvent ignored -> noConditions(out);
      }
    }
  }

  private void boundary(
      FlowNode.BoundaryEvent boundary, List<SequenceFlow> in, List<SequenceFlow> out) {
    none(in, "no arrow can lead to the boundaryEvent \"%s\".", boundary);
    if (boundary.event() instanceof EventDefinition.Compensation) {
      none(
          out, "no arrow can leave \"%s\": an association leads from it to what undoes.", boundary);
      return;
    }
    some(out, boundary);
    noConditions(out);
  }

  private void gateway(FlowNode.Gateway gateway, List<SequenceFlow> out) {
    some(out, gateway);
    switch (gateway.kind()) {
      case EXCLUSIVE, INCLUSIVE -> conditions(gateway, out);
      case PARALLEL -> noConditions(out);
      case EVENT_BASED -> {
        noConditions(out);
        out.forEach(this::mustWait);
      }
    }
  }

  private void conditions(FlowNode.Gateway gateway, List<SequenceFlow> out) {
    if (out.size() < 2) {
      return;
    }
    for (SequenceFlow flow : out) {
      boolean isDefault = flow.id().equals(gateway.defaultFlow());
      if (!isDefault && flow.condition() == null) {
        log.error(
            flow.position(),
            "the arrow \"%s\" leaves a gateway that chooses, and has no conditionExpression. Add one, or name the arrow as default of \"%s\"."
                .formatted(flow.id(), gateway.id()));
      } else if (isDefault && flow.condition() != null) {
        log.error(
            flow.position(),
            "the arrow \"%s\" is the default of \"%s\", so its condition is never looked at. Remove it."
                .formatted(flow.id(), gateway.id()));
      }
    }
    if (gateway.defaultFlow() == null) {
      log.warning(
          gateway.position(),
          "if no condition holds at \"%s\", the process fails there. Name one of its arrows as default."
              .formatted(gateway.id()));
    }
  }

  private void mustWait(SequenceFlow flow) {
    FlowNode target = nodes.get(flow.target());
    boolean attached =
        scope.nodes().stream()
            .anyMatch(node ->
                node instanceof FlowNode.BoundaryEvent boundary
                    && boundary.attachedTo().equals(flow.target()));
    boolean plain =
        target instanceof FlowNode.CatchEvent
            || (target instanceof FlowNode.ReceiveTask task
                && task.traits().repetition() == null
                && !attached);
    if (!plain) {
      log.error(
          flow.position(),
          "an eventBasedGateway waits for what comes first: \"%s\" must be an intermediateCatchEvent, or a receiveTask that is not repeated and has no boundaryEvent."
              .formatted(flow.target()));
    }
  }

  private void activity(FlowNode.Activity activity, List<SequenceFlow> in, List<SequenceFlow> out) {
    if (activity instanceof FlowNode.SubProcess inner && inner.onEvent()) {
      none(in, "no arrow can lead to \"%s\": an event starts it.", activity);
      none(out, "no arrow can leave \"%s\": an event starts it.", activity);
    }
    if (activity.traits().forCompensation()) {
      none(in, "no arrow can lead to \"%s\": it undoes, when compensation is thrown.", activity);
      none(out, "no arrow can leave \"%s\": it undoes, and who has thrown goes on.", activity);
    }
  }

  private void some(List<SequenceFlow> flows, FlowNode node) {
    if (flows.isEmpty()) {
      log.error(
          node.position(),
          "no arrow leaves \"%s\": expected a sequenceFlow with sourceRef=\"%s\"."
              .formatted(node.id(), node.id()));
    }
  }

  private void none(List<SequenceFlow> flows, String message, FlowNode node) {
    if (!flows.isEmpty()) {
      log.error(flows.getFirst().position(), message.formatted(node.id()));
    }
  }

  private void noConditions(List<SequenceFlow> flows) {
    for (SequenceFlow flow : flows) {
      if (flow.condition() != null) {
        log.error(
            flow.position(),
            "the condition of \"%s\" is never looked at: only arrows from activities and from exclusive and inclusive gateways have one."
                .formatted(flow.id()));
      }
    }
  }
}
