package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.BpmnProcess;
import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.Repetition;
import io.twinflow.workflowdefs.bpmn.SequenceFlow;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.CallActivity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.EventGateway;
import org.flowable.bpmn.model.EventSubProcess;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.InclusiveGateway;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.MultiInstanceLoopCharacteristics;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.bpmn.model.ThrowEvent;
import org.flowable.bpmn.model.UserTask;
import org.jspecify.annotations.Nullable;

/**
 * Builds Flowable's model from a checked document. Only what has a place in Twinflow's records can
 * get into it: no class, no listener, no script, no bean.
 */
final class TranslateProcess {

  /** The field of a service task that holds its {@link WorkJson}. */
  static final String WORK = "work";

  private final BpmnModel model;
  private final TranslateEvents events;
  private final String copy;
  private int copies;

  /**
   * @param copy what all ids end with, so that a part of a document can stand in it several times
   */
  private TranslateProcess(BpmnModel model, TranslateEvents events, String copy) {
    this.model = model;
    this.events = events;
    this.copy = copy;
  }

  static BpmnModel model(BpmnDocument document) {
    BpmnModel model = new BpmnModel();
    model.setTargetNamespace("https://twinflow.io/bpmn");
    TranslateProcess translate = new TranslateProcess(model, new TranslateEvents(model), "");
    document.processes().forEach(translate::process);
    return model;
  }

  private void process(BpmnProcess process) {
    Process made = new Process();
    made.setId(process.id());
    made.setName(process.name());
    made.setExecutable(true);
    model.addProcess(made);
    scope(process.body(), made);
  }

  private void scope(FlowScope scope, FlowElementsContainer container) {
    TranslateUndoing undoing = new TranslateUndoing(scope);
    for (FlowNode node : scope.nodes()) {
      if (!TranslateUndoing.standsElsewhere(node)) {
        FlowElement element = element(node, scope);
        container.addFlowElement(element);
        if (undoing.isNoted(node.id())) {
          FlowElement note = TranslateUndoing.note((Activity) element, id(undoing.left(node.id())));
          container.addFlowElement(note);
          container.addFlowElement(TranslateUndoing.arrow(element, note));
        }
      }
    }
    for (FlowNode node : scope.nodes()) {
      if (node instanceof FlowNode.BoundaryEvent boundary
          && !TranslateUndoing.standsElsewhere(boundary)) {
        ((BoundaryEvent) container.getFlowElement(id(boundary.id())))
            .setAttachedToRef((Activity) container.getFlowElement(id(boundary.attachedTo())));
      }
    }
    for (SequenceFlow flow : scope.flows()) {
      var made =
          new org.flowable.bpmn.model.SequenceFlow(
              id(undoing.left(flow.source())), id(flow.target()));
      made.setId(id(flow.id()));
      made.setName(flow.name());
      made.setConditionExpression(text(flow.condition()));
      container.addFlowElement(made);
    }
  }

  private String id(String id) {
    return id + copy;
  }

  private FlowElement element(FlowNode node, FlowScope scope) {
    EventDefinition.Compensation thrown = TranslateUndoing.thrown(node);
    FlowElement element = thrown == null ? node(node, scope) : undoes(node, thrown, scope);
    element.setId(id(node.id()));
    element.setName(node.info().name());
    return element;
  }

  private FlowElement undoes(FlowNode event, EventDefinition.Compensation thrown, FlowScope scope) {
    TranslateProcess here = new TranslateProcess(model, events, "$" + ++copies);
    return new TranslateUndoing(scope)
        .undoes(id(event.id()), thrown, handler -> here.element(handler, scope));
  }

  private FlowElement node(FlowNode node, FlowScope scope) {
    return switch (node) {
      case FlowNode.StartEvent start -> {
        StartEvent made = new StartEvent();
        made.setInterrupting(start.interrupting());
        yield events.put(start.event(), made);
      }
      // Flowable passes over signals at end events; an event without an arrow ends as well.
      case FlowNode.EndEvent end when end.event() instanceof EventDefinition.Signal ->
          events.put(end.event(), new ThrowEvent());
      case FlowNode.EndEvent end -> events.put(end.event(), new EndEvent());
      case FlowNode.CatchEvent event -> events.put(event.event(), new IntermediateCatchEvent());
      case FlowNode.ThrowEvent event -> events.put(event.event(), new ThrowEvent());
      case FlowNode.BoundaryEvent boundary -> {
        BoundaryEvent made = new BoundaryEvent();
        made.setCancelActivity(boundary.interrupting());
        yield events.put(boundary.event(), made);
      }
      case FlowNode.Gateway gateway -> gateway(gateway);
      case FlowNode.ReceiveTask task -> receive(task, scope);
      case FlowNode.UserTask task -> traits(task, userTask(task));
      case FlowNode.ServiceTask task -> traits(task, serviceTask(task));
      case FlowNode.SubProcess inner -> {
        SubProcess made = inner.onEvent() ? new EventSubProcess() : new SubProcess();
        scope(inner.body(), made);
        yield traits(inner, made);
      }
      case FlowNode.CallActivity call -> traits(call, call(call));
    };
  }

  private FlowElement gateway(FlowNode.Gateway gateway) {
    org.flowable.bpmn.model.Gateway made =
        switch (gateway.kind()) {
          case EXCLUSIVE -> new ExclusiveGateway();
          case INCLUSIVE -> new InclusiveGateway();
          case PARALLEL -> new ParallelGateway();
          case EVENT_BASED -> new EventGateway();
        };
    made.setDefaultFlow(arrow(gateway.defaultFlow()));
    return made;
  }

  /**
   * Flowable's own receive task knows no message. So it becomes the event that waits for one,
   * within a sub-process of its own where something is attached to it or it is repeated. No id of a
   * document has a dollar.
   */
  private FlowElement receive(FlowNode.ReceiveTask task, FlowScope scope) {
    IntermediateCatchEvent waits = events.message(task.message(), new IntermediateCatchEvent());
    if (!isAttachedTo(task, scope) && task.traits().repetition() == null) {
      return waits;
    }
    waits.setId(id(task.id()) + "$message");
    return traits(task, around(waits, task.id(), new SubProcess()));
  }

  private static boolean isAttachedTo(FlowNode activity, FlowScope scope) {
    return scope.nodes().stream()
        .anyMatch(node ->
            node instanceof FlowNode.BoundaryEvent boundary
                && boundary.attachedTo().equals(activity.id()));
  }

  private SubProcess around(FlowElement inside, String id, SubProcess made) {
    StartEvent start = new StartEvent();
    EndEvent end = new EndEvent();
    start.setId(id(id) + "$begin");
    end.setId(id(id) + "$end");
    made.addFlowElement(start);
    made.addFlowElement(inside);
    made.addFlowElement(end);
    made.addFlowElement(TranslateUndoing.arrow(start, inside));
    made.addFlowElement(TranslateUndoing.arrow(inside, end));
    return made;
  }

  private static Activity userTask(FlowNode.UserTask task) {
    UserTask made = new UserTask();
    made.setAssignee(text(task.assignment().assignee()));
    made.setCandidateUsers(texts(task.assignment().candidateUsers()));
    made.setCandidateGroups(texts(task.assignment().candidateGroups()));
    made.setDueDate(text(task.assignment().due()));
    return made;
  }

  private static Activity serviceTask(FlowNode.ServiceTask task) {
    FieldExtension work = new FieldExtension();
    work.setFieldName(WORK);
    work.setStringValue(ValueJson.write(WorkJson.of(task.work())));
    ServiceTask made = new ServiceTask();
    made.setFieldExtensions(List.of(work));
    return made;
  }

  private static Activity call(FlowNode.CallActivity call) {
    CallActivity made = new CallActivity();
    made.setCalledElement(call.process());
    made.setCalledElementType("key");
    made.setSameDeployment(true);
    made.setInParameters(
        call.inputs().stream()
            .map(input -> {
              IOParameter in = new IOParameter();
              in.setSourceExpression(input.value().text());
              in.setTarget(input.name());
              return in;
            })
            .toList());
    made.setOutParameters(
        call.outputs().stream()
            .map(output -> {
              IOParameter out = new IOParameter();
              out.setSource(output.name());
              out.setTarget(output.variable());
              return out;
            })
            .toList());
    return made;
  }

  private @Nullable String arrow(@Nullable String id) {
    return id == null ? null : id(id);
  }

  private Activity traits(FlowNode.Activity activity, Activity made) {
    made.setDefaultFlow(arrow(activity.traits().defaultFlow()));
    Repetition repetition = activity.traits().repetition();
    if (repetition != null) {
      made.setLoopCharacteristics(loop(repetition));
    }
    return made;
  }

  private static MultiInstanceLoopCharacteristics loop(Repetition repetition) {
    MultiInstanceLoopCharacteristics loop = new MultiInstanceLoopCharacteristics();
    loop.setSequential(repetition.sequential());
    loop.setLoopCardinality(text(repetition.times()));
    if (repetition.items() != null) {
      loop.setInputDataItem("${" + repetition.items() + "}");
    }
    loop.setElementVariable(repetition.item());
    loop.setCompletionCondition(text(repetition.until()));
    return loop;
  }

  private static @Nullable String text(@Nullable Template template) {
    return template == null ? null : template.text();
  }

  private static List<String> texts(List<Template> templates) {
    return templates.stream().map(Template::text).toList();
  }
}
