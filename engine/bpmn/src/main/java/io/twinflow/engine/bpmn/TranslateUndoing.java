package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;
import org.jspecify.annotations.Nullable;

/**
 * Compensation without Flowable's own, which does not wait for what undoes: behind each activity
 * that can be undone stands a note that it was completed, and the event becomes a sub-process that
 * goes round over what undoes, one after the other.
 */
final class TranslateUndoing {

  /** The field of a service task that holds the id of a completed activity. */
  static final String COMPLETED = "completed";

  /** The field of a service task that holds what undoes what. */
  static final String HANDLERS = "handlers";

  static final String END = "$end";

  private static final String NOTE = "$completed";

  private final Map<String, FlowNode.Activity> handlers;
  private final boolean isThrown;

  TranslateUndoing(FlowScope scope) {
    handlers = scope.handlers();
    isThrown = scope.nodes().stream().anyMatch(node -> thrown(node) != null);
  }

  /** Null for a node that throws no compensation. */
  static EventDefinition.@Nullable Compensation thrown(FlowNode node) {
    if (node instanceof FlowNode.EndEvent(_, EventDefinition.Compensation thrown)) {
      return thrown;
    }
    return node instanceof FlowNode.ThrowEvent(_, EventDefinition.Compensation thrown)
        ? thrown
        : null;
  }

  /** What undoes stands where it is needed; which event leads to it, Flowable need not know. */
  static boolean standsElsewhere(FlowNode node) {
    return switch (node) {
      case FlowNode.BoundaryEvent event -> event.event() instanceof EventDefinition.Compensation;
      case FlowNode.Activity activity -> activity.traits().forCompensation();
      case FlowNode.StartEvent ignored -> false;
      case FlowNode.EndEvent ignored -> false;
      case FlowNode.CatchEvent ignored -> false;
      case FlowNode.ThrowEvent ignored -> false;
      case FlowNode.Gateway ignored -> false;
    };
  }

  /** Where nothing is thrown, nobody needs to know what was completed. */
  boolean isNoted(String node) {
    return isThrown && handlers.containsKey(node);
  }

  /** What arrows leave that leave a node in the document. */
  String left(String node) {
    return isNoted(node) ? node + NOTE : node;
  }

  /** What stands behind an activity; the arrows and their conditions leave from there. */
  static ServiceTask note(Activity activity, String id) {
    ServiceTask note = serviceTask(id, COMPLETED, activity.getId());
    note.setDefaultFlow(activity.getDefaultFlow());
    activity.setDefaultFlow(null);
    return note;
  }

  /**
   * The sub-process that an event becomes.
   *
   * @param copy makes what undoes, under an id that it has within this event alone
   */
  SubProcess undoes(
      String id,
      EventDefinition.Compensation thrown,
      Function<FlowNode.Activity, FlowElement> copy) {
    SubProcess undoes = new SubProcess();
    StartEvent start = new StartEvent();
    start.setId(id + "$begin");
    EndEvent end = new EndEvent();
    end.setId(id + END);
    Map<String, FlowElement> copies = new LinkedHashMap<>();
    Map<String, Value> elements = new LinkedHashMap<>();
    handlers.forEach((activity, handler) -> {
      if (thrown.activity() == null || thrown.activity().equals(activity)) {
        FlowElement made = copies.computeIfAbsent(handler.id(), key -> copy.apply(handler));
        elements.put(activity, new StringValue(made.getId()));
      }
    });
    ServiceTask next =
        serviceTask(id + "$next", HANDLERS, ValueJson.write(new RecordValue(elements)));
    List.of(start, next, end).forEach(undoes::addFlowElement);
    undoes.addFlowElement(arrow(start, next));
    undoes.addFlowElement(arrow(next, end));
    for (FlowElement made : copies.values()) {
      undoes.addFlowElement(made);
      undoes.addFlowElement(arrow(made.getId() + "$turn", next, made));
      undoes.addFlowElement(arrow(made, next));
    }
    return undoes;
  }

  private static ServiceTask serviceTask(String id, String field, String value) {
    FieldExtension extension = new FieldExtension();
    extension.setFieldName(field);
    extension.setStringValue(value);
    ServiceTask made = new ServiceTask();
    made.setId(id);
    made.setFieldExtensions(List.of(extension));
    return made;
  }

  static SequenceFlow arrow(FlowElement from, FlowElement to) {
    return arrow(from.getId() + "$next", from, to);
  }

  private static SequenceFlow arrow(String id, FlowElement from, FlowElement to) {
    SequenceFlow arrow = new SequenceFlow(from.getId(), to.getId());
    arrow.setId(id);
    return arrow;
  }
}
