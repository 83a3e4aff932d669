package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.FlowNodeActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * Goes to what undoes the activity that was completed last, and is come back to until nothing is
 * left. All that is undone is taken at once, so no other event undoes it again, and what is
 * completed meanwhile is not undone.
 */
final class UndoNext extends FlowNodeActivityBehavior {

  private static final long serialVersionUID = 1L;

  private final String handlers;

  /**
   * @param handlers JSON: activities, and the elements that undo them
   */
  UndoNext(String handlers) {
    this.handlers = handlers;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Map<String, Value> elements = elements();
    SubProcess undoes = execution.getCurrentFlowElement().getSubProcess();
    Completed left = Completed.left(execution, undoes);
    List<String> known = left.read();
    List<String> open =
        known == null ? taken(Completed.around(execution, undoes), elements) : known;
    if (open.isEmpty()) {
      go(execution, undoes.getId() + TranslateUndoing.END);
      return;
    }
    String activity = open.removeLast();
    left.keep(open);
    String handler = text(elements.get(activity));
    TellNews.note(
        ((ExecutionEntity) execution).getRootProcessInstanceId(),
        "%s undoes %s by %s"
            .formatted(DocumentId.of(undoes.getId()), activity, DocumentId.of(handler)));
    go(execution, handler);
  }

  private static List<String> taken(Completed completed, Map<String, Value> elements) {
    List<String> taken = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> known = completed.read();
    if (known != null) {
      known.forEach(id -> (elements.containsKey(id) ? taken : others).add(id));
      completed.keep(others);
    }
    return taken;
  }

  private void go(DelegateExecution execution, String element) {
    FlowNode here = (FlowNode) execution.getCurrentFlowElement();
    for (SequenceFlow arrow : here.getOutgoingFlows()) {
      if (arrow.getTargetRef().equals(element)) {
        execution.setCurrentFlowElement(arrow);
        leave(execution);
        return;
      }
    }
    throw new IllegalStateException(
        "no arrow leads from %s to %s".formatted(here.getId(), element));
  }

  private static String text(@Nullable Value value) {
    return value instanceof StringValue(String text) ? text : "";
  }

  private Map<String, Value> elements() {
    try {
      return ((RecordValue) ValueJson.read(handlers)).fields();
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("deployed handlers cannot be read: " + e.getMessage(), e);
    }
  }
}
