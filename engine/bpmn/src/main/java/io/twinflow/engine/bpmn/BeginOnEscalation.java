package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.EventSubProcess;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;

/**
 * What begins by an escalation ends what it stands in, if its start event is drawn so (BPMN 2.0.2,
 * 10.5.2). Flowable lets it stand beside, however it is drawn.
 */
final class BeginOnEscalation extends EventSubProcessActivityBehavior {

  private static final long serialVersionUID = 1L;

  @Override
  public void execute(DelegateExecution execution) {
    EventSubProcess drawn = (EventSubProcess) execution.getCurrentFlowElement();
    if (drawn.getFlowElements().stream().anyMatch(BeginOnEscalation::interruptsByEscalation)) {
      Interrupting.interrupt((ExecutionEntity) execution);
    }
    super.execute(execution);
  }

  private static boolean interruptsByEscalation(Object element) {
    return element instanceof StartEvent start
        && start.isInterrupting()
        && start.getEventDefinitions().stream()
            .anyMatch(EscalationEventDefinition.class::isInstance);
  }
}
