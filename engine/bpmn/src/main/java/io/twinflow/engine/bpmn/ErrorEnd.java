package io.twinflow.engine.bpmn;

import java.util.List;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.ErrorEndEventActivityBehavior;

/**
 * An end with an error that nothing catches ends the process as failed. In Flowable it throws the
 * error at whoever moved the process on, a person who completes a task or a timer, and the process
 * stays where it was.
 */
final class ErrorEnd extends ErrorEndEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  ErrorEnd(String code) {
    super(code, List.of());
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      Catching.error(new BpmnError(getErrorCode()), execution);
    } catch (BpmnError e) {
      EndProcess.fail(
          execution.getRootProcessInstanceId(),
          DocumentId.of(execution.getCurrentActivityId()),
          getErrorCode() + ": no boundary event caught this error");
    }
  }
}
