package io.twinflow.engine.server.runs;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a right document may say and this server does not do: refused before it is kept. */
final class CheckServed {

  private final ProblemLog log = new ProblemLog();
  private final Set<String> called = new HashSet<>();

  private CheckServed() {}

  /** The one process of a document that no other one calls: a run is of that. */
  static BpmnProcess main(BpmnDocument document) throws InvalidDefinitionException {
    CheckServed check = new CheckServed();
    document.processes().forEach(check::process);
    List<BpmnProcess> main =
        document.processes().stream()
            .filter(process -> !check.called.contains(process.id()))
            .toList();
    if (main.size() > 1) {
      check.log.error(
          main.get(1).position(),
          "a run is of one process, and this document has several that no callActivity calls: %s. Write each into a document of its own."
              .formatted(main.stream().map(BpmnProcess::id).collect(Collectors.joining(", "))));
    }
    check.log.throwIfAny();
    return main.getFirst();
  }

  private void process(BpmnProcess process) {
    for (FlowNode node : process.body().nodes()) {
      if (node instanceof FlowNode.StartEvent start
          && !(start.event() instanceof EventDefinition.None)) {
        log.unsupported(
            start.position(),
            "a run begins when it is asked for, not by an event of its own. Write a plain startEvent, and a trigger that starts the process when the message comes, or when it is time.");
      }
    }
    for (FlowScope scope : process.body().all()) {
      scope.nodes().forEach(this::node);
    }
  }

  private void node(FlowNode node) {
    if (node instanceof FlowNode.CallActivity call) {
      called.add(call.process());
    }
  }
}
