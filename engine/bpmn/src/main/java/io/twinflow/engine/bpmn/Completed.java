package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/**
 * Activities that can be undone, in the order in which they were completed: a variable of what is
 * around them, so that it goes with that.
 */
record Completed(DelegateExecution holder, String variable) {

  /** Of the process or sub-process in which an element stands. */
  static Completed around(DelegateExecution execution, FlowElement element) {
    SubProcess around = element.getSubProcess();
    return new Completed(
        around == null ? process(execution) : within(execution, around.getId()),
        Variables.HIDDEN + "completed");
  }

  /** What a sub-process that undoes has taken and not undone yet. */
  static Completed left(DelegateExecution execution, SubProcess undoes) {
    return new Completed(within(execution, undoes.getId()), Variables.HIDDEN + "left");
  }

  private static DelegateExecution process(DelegateExecution execution) {
    DelegateExecution found = execution;
    while (!found.isProcessInstanceType()) {
      found = found.getParent();
    }
    return found;
  }

  /** The nearest one, as a sub-process may go on several times. */
  private static DelegateExecution within(DelegateExecution execution, String subProcess) {
    DelegateExecution found = execution.getParent();
    while (!subProcess.equals(found.getCurrentActivityId())) {
      found = found.getParent();
    }
    return found;
  }

  /** Null if it was never kept. */
  @Nullable List<String> read() {
    if (!(holder.getVariableLocal(variable) instanceof ListValue list)) {
      return null;
    }
    List<String> ids = new ArrayList<>();
    list.items().forEach(id -> ids.add(((StringValue) id).value()));
    return ids;
  }

  void keep(List<String> ids) {
    holder.setVariableLocal(
        variable, new ListValue(ids.stream().<Value>map(StringValue::new).toList()));
  }
}
