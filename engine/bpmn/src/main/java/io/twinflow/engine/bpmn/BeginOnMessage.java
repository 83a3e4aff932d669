package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessMessageStartEventActivityBehavior;

/** An event sub-process that begins by a message. */
final class BeginOnMessage extends EventSubProcessMessageStartEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  BeginOnMessage(MessageEventDefinition definition) {
    super(definition);
  }

  @Override
  public void trigger(DelegateExecution execution, String name, Object data) {
    leave(Interrupting.begin(execution));
  }
}
