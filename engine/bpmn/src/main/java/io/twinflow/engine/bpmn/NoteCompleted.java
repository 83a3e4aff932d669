package io.twinflow.engine.bpmn;

import java.util.ArrayList;
import java.util.List;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.FlowNodeActivityBehavior;

/** Stands behind an activity that can be undone, and keeps that it was completed. */
final class NoteCompleted extends FlowNodeActivityBehavior {

  private static final long serialVersionUID = 1L;

  private final String activity;

  NoteCompleted(String activity) {
    this.activity = activity;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Completed completed = Completed.around(execution, execution.getCurrentFlowElement());
    List<String> known = completed.read();
    List<String> now = known == null ? new ArrayList<>() : known;
    now.add(activity);
    completed.keep(now);
    leave(execution);
  }
}
