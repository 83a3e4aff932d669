package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Call activities call processes of the document, and none calls itself, by whatever way. */
final class CheckCalls {

  private final Map<String, BpmnProcess> processes = new LinkedHashMap<>();
  private final ProblemLog log;
  private final Set<String> cleared = new HashSet<>();
  private final Set<String> underWay = new HashSet<>();

  private CheckCalls(ProblemLog log) {
    this.log = log;
  }

  static void check(List<BpmnProcess> processes, ProblemLog log) {
    CheckCalls check = new CheckCalls(log);
    processes.forEach(process -> check.processes.put(process.id(), process));
    processes.forEach(check::visit);
  }

  private void visit(BpmnProcess process) {
    if (cleared.contains(process.id()) || !underWay.add(process.id())) {
      return;
    }
    for (FlowNode.CallActivity call : calls(process)) {
      BpmnProcess called = processes.get(call.process());
      if (called == null) {
        log.error(
            call.position(),
            "calledElement=\"%s\" is no executable process of this document, and others are not called: their next version could be another one.%s"
                .formatted(call.process(), NearestName.hint(call.process(), processes.keySet())));
      } else if (underWay.contains(called.id())) {
        log.error(
            call.position(),
            "\"%s\" calls \"%s\", which calls it again, without end. Draw the repetition with an arrow back."
                .formatted(process.id(), called.id()));
      } else {
        visit(called);
      }
    }
    underWay.remove(process.id());
    cleared.add(process.id());
  }

  private static List<FlowNode.CallActivity> calls(BpmnProcess process) {
    List<FlowNode.CallActivity> calls = new ArrayList<>();
    for (FlowScope scope : process.body().all()) {
      for (FlowNode node : scope.nodes()) {
        if (node instanceof FlowNode.CallActivity call) {
          calls.add(call);
        }
      }
    }
    return calls;
  }
}
