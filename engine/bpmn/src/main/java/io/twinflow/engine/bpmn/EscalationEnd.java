package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.Escalation;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EscalationEndEventActivityBehavior;

/** Tells what stands around, and ends. */
final class EscalationEnd extends EscalationEndEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  EscalationEnd(EscalationEventDefinition definition, Escalation escalation) {
    super(definition, escalation);
  }

  @Override
  public void execute(DelegateExecution execution) {
    Catching.escalation(getEscalation(), execution);
    leave(execution);
  }
}
