package io.twinflow.engine.bpmn;

import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessErrorStartEventActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;

/** An event sub-process that begins by an error. */
final class BeginOnError extends EventSubProcessErrorStartEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  @Override
  public void execute(DelegateExecution execution) {
    Interrupting.interrupt(((ExecutionEntity) execution).getParent());
    super.execute(execution);
  }
}
