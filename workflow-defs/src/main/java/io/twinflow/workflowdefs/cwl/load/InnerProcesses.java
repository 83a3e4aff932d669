package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the processes of a document the others run. */
final class InnerProcesses {

  private final Set<CwlProcess> found = Collections.newSetFromMap(new IdentityHashMap<>());

  private InnerProcesses() {}

  static List<WorkflowPart> marked(List<WorkflowPart> parts) {
    InnerProcesses inner = new InnerProcesses();
    parts.forEach(part -> inner.addBelow(part.document().process()));
    Set<String> ids =
        inner.found.stream().map(process -> process.header().id()).collect(Collectors.toSet());
    return parts.stream()
        .map(part ->
            new WorkflowPart(
                part.document(),
                part.missing(),
                ids.contains(part.document().process().header().id())))
        .toList();
  }

  private void addBelow(CwlProcess process) {
    if (process instanceof Workflow workflow) {
      for (WorkflowStep step : workflow.steps()) {
        if (found.add(step.run())) {
          addBelow(step.run());
        }
      }
    }
  }
}
