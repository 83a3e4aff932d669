package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.List;

/** Every scope begins somewhere. */
final class CheckStarts {

  private CheckStarts() {}

  static void process(BpmnProcess process, ProblemLog log) {
    List<FlowNode.StartEvent> starts = starts(process.body());
    if (starts.isEmpty()) {
      log.error(
          process.position(),
          "the process \"%s\" has no startEvent, so it never begins.".formatted(process.id()));
    }
    List<FlowNode.StartEvent> plain =
        starts.stream().filter(s -> s.event() instanceof EventDefinition.None).toList();
    if (plain.size() > 1) {
      log.error(
          plain.get(1).position(),
          "a process has at most one startEvent without a definition, found a second. Begin with one and a parallelGateway.");
    }
    for (FlowNode.StartEvent start : starts) {
      if (start.event() instanceof EventDefinition.Timer timer && !timer.time().isConstant()) {
        log.error(
            timer.time().position(),
            "the time of a start is looked at before there are variables: write it out.");
      }
    }
    inner(process.body(), log);
  }

  private static void inner(FlowScope scope, ProblemLog log) {
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.SubProcess inner) {
        if (inner.traits().repetition() != null && inner.onEvent()) {
          log.error(inner.position(), "an event sub-process cannot be repeated.");
        }
        oneStart(inner.body(), inner.position(), inner.id(), log);
        inner(inner.body(), log);
      }
    }
  }

  private static void oneStart(FlowScope scope, Position position, String id, ProblemLog log) {
    int starts = starts(scope).size();
    if (starts != 1) {
      log.error(
          position, "the sub-process \"%s\" needs one startEvent, found %d.".formatted(id, starts));
    }
  }

  private static List<FlowNode.StartEvent> starts(FlowScope scope) {
    return scope.nodes().stream()
        .filter(FlowNode.StartEvent.class::isInstance)
        .map(FlowNode.StartEvent.class::cast)
        .toList();
  }
}
