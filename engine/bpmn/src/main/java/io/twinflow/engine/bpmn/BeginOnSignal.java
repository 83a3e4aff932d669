package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessSignalStartEventActivityBehavior;

/** An event sub-process that begins by a signal. */
final class BeginOnSignal extends EventSubProcessSignalStartEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  BeginOnSignal(SignalEventDefinition definition, Signal signal) {
    super(definition, signal);
  }

  @Override
  public void trigger(DelegateExecution execution, String name, Object data) {
    leave(Interrupting.begin(execution));
  }
}
