package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.List;

/** All that must hold between the parts of a document. */
final class Check {

  private Check() {}

  /** Checks that follow arrows are made only where every arrow leads somewhere. */
  static void document(List<BpmnProcess> processes, ProblemLog log) {
    for (BpmnProcess process : processes) {
      for (FlowScope scope : process.body().all()) {
        new CheckReferences(scope, log).check();
      }
    }
    CheckCalls.check(processes, log);
    if (log.hasErrors()) {
      return;
    }
    processes.forEach(process -> CheckUndoing.check(process, log));
    if (log.hasErrors()) {
      return;
    }
    for (BpmnProcess process : processes) {
      CheckStarts.process(process, log);
      CheckRepetitions.check(process.body(), log);
      CheckErrors.check(process.body(), log);
      for (FlowScope scope : process.body().all()) {
        new CheckArrows(scope, log).check();
        CheckReach.check(scope, log);
        new CheckCircles(scope, log).check();
      }
    }
  }
}
