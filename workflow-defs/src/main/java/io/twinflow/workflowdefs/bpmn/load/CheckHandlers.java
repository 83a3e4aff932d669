package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.Undoing;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each activity that can be undone has one that undoes it, and nothing else leads there. */
final class CheckHandlers {

  private final FlowScope scope;
  private final ProblemLog log;
  private final Map<String, FlowNode> nodes = new HashMap<>();

  CheckHandlers(FlowScope scope, ProblemLog log) {
    this.scope = scope;
    this.log = log;
    scope.nodes().forEach(node -> nodes.put(node.id(), node));
  }

  void check() {
    Set<String> undone = new HashSet<>();
    Set<String> led = new HashSet<>();
    scope.undoings().forEach(undoing -> led.add(undoing.handler()));
    scope.undoings().forEach(this::leadsToHandler);
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.BoundaryEvent event) {
        event(event, undone);
      } else if (node instanceof FlowNode.Activity activity
          && activity.traits().forCompensation()) {
        handler(activity, led.contains(activity.id()));
      }
    }
  }

  private void leadsToHandler(Undoing undoing) {
    FlowNode handler = nodes.get(undoing.handler());
    if (handler == null) {
      log.error(
          undoing.position(),
          "targetRef=\"%s\" leads nowhere: expected an activity with isForCompensation=\"true\" in the same process or sub-process.%s"
              .formatted(undoing.handler(), NearestName.hint(undoing.handler(), nodes.keySet())));
    } else if (!(handler instanceof FlowNode.Activity activity)
        || !activity.traits().forCompensation()) {
      log.error(
          undoing.position(),
          "\"%s\" cannot undo: the association of a compensateEventDefinition leads to an activity with isForCompensation=\"true\"."
              .formatted(undoing.handler()));
    }
  }

  private void event(FlowNode.BoundaryEvent event, Set<String> undone) {
    if (nodes.get(event.attachedTo()) instanceof FlowNode.Activity activity
        && activity.traits().forCompensation()) {
      log.unsupported(
          event.position(),
          "nothing can be attached to \"%s\", which undoes. Make it a subProcess, and catch the event in it."
              .formatted(activity.id()));
    } else if (event.event() instanceof EventDefinition.Compensation) {
      undone(event, undone);
    }
  }

  private void undone(FlowNode.BoundaryEvent event, Set<String> undone) {
    List<Undoing> undoings =
        scope.undoings().stream().filter(u -> u.event().equals(event.id())).toList();
    if (undoings.isEmpty()) {
      log.error(
          event.position(),
          "nothing undoes \"%s\": draw an association from \"%s\" to an activity with isForCompensation=\"true\", in the same process or sub-process."
              .formatted(event.attachedTo(), event.id()));
    }
    if (undoings.size() > 1) {
      log.unsupported(
          undoings.get(1).position(),
          "\"%s\" is undone by one activity, found a second. Make it a subProcess with both in it."
              .formatted(event.attachedTo()));
    }
    if (!undone.add(event.attachedTo())) {
      log.error(
          event.position(),
          "\"%s\" has one boundaryEvent with compensateEventDefinition, found a second."
              .formatted(event.attachedTo()));
    }
    if (nodes.get(event.attachedTo()) instanceof FlowNode.Activity activity
        && activity.traits().repetition() != null) {
      log.unsupported(
          event.position(),
          "\"%s\" is repeated, and is not undone one by one. Put it into a subProcess, and attach the event to that."
              .formatted(event.attachedTo()));
    }
    if (nodes.get(event.attachedTo()) instanceof FlowNode.SubProcess inner && inner.onEvent()) {
      log.unsupported(
          event.position(),
          "an event sub-process is not undone: attach the event to a task in the process or sub-process around it.");
    }
  }

  private void handler(FlowNode.Activity handler, boolean led) {
    if (!led) {
      log.error(
          handler.position(),
          "\"%s\" undoes nothing: no association leads to it from a boundaryEvent with compensateEventDefinition."
              .formatted(handler.id()));
    }
    if (handler instanceof FlowNode.SubProcess inner && inner.onEvent()) {
      log.unsupported(
          handler.position(),
          "an event starts \"%s\", so it cannot undo. Make it a subProcess without triggeredByEvent."
              .formatted(handler.id()));
    }
  }
}
