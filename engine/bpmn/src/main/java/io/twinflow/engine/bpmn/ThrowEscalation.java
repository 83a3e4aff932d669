package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.Escalation;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.ThrowEvent;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.IntermediateThrowEscalationEventActivityBehavior;

/** Tells what stands around, and goes on if that does not end it. */
final class ThrowEscalation extends IntermediateThrowEscalationEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  private final Escalation escalation;

  ThrowEscalation(ThrowEvent event, EscalationEventDefinition definition, Escalation escalation) {
    super(event, definition, escalation);
    this.escalation = escalation;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Catching.escalation(escalation, execution);
    leave(execution);
  }
}
