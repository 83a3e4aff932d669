package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.TimerEventDefinition;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessTimerStartEventActivityBehavior;

/** An event sub-process that begins by a timer. */
final class BeginOnTimer extends EventSubProcessTimerStartEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  BeginOnTimer(TimerEventDefinition definition) {
    super(definition);
  }

  @Override
  public void trigger(DelegateExecution execution, String name, Object data) {
    leave(Interrupting.begin(execution));
  }
}
