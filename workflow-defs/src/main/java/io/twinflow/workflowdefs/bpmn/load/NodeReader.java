package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.bpmn.Work;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one node of a process. */
final class NodeReader {

  private static final Set<String> STARTS = Set.of("none", "timer", "message", "signal");
  private static final Set<String> STARTS_ON_EVENT =
      Set.of("timer", "message", "signal", "error", "escalation");
  private static final Set<String> ENDS =
      Set.of("none", "error", "escalation", "signal", "compensate", "terminate");
  private static final Set<String> CATCHES = Set.of("timer", "message", "signal");
  private static final Set<String> THROWS = Set.of("none", "signal", "escalation", "compensate");
  private static final Set<String> BOUNDARIES =
      Set.of("timer", "message", "signal", "error", "escalation", "compensate");

  private final ProblemLog log;
  private final Shared shared;
  private final EventReader events;
  private final WorkReader works;
  private final ScopeReader scopes;

  NodeReader(ProblemLog log, Shared shared, ScopeReader scopes) {
    this.log = log;
    this.shared = shared;
    this.events = new EventReader(shared, log);
    this.works = new WorkReader(log);
    this.scopes = scopes;
  }

  /** Where the node stands, as far as it decides what is allowed. */
  enum Place {
    PROCESS,
    SUB_PROCESS,
    EVENT_SUB_PROCESS
  }

  /** Null for what is no node, or none that can be read, which is told. */
  @Nullable FlowNode read(XmlElement element, Place place) {
    Taken taken = new Taken(element, log).passOver("name");
    FlowNode.Info info = new FlowNode.Info(taken.id(), taken.text("name"), element.position());
    FlowNode node =
        switch (element.name()) {
          case "startEvent" -> startEvent(element, taken, info, place);
          case "endEvent" -> new FlowNode.EndEvent(info, events.read(element, ENDS));
          case "intermediateCatchEvent" -> catchEvent(element, taken, info);
          case "intermediateThrowEvent" ->
              new FlowNode.ThrowEvent(info, events.read(element, THROWS));
          case "boundaryEvent" -> boundaryEvent(element, taken, info);
          case "exclusiveGateway" -> gateway(taken, info, FlowNode.Gateway.Kind.EXCLUSIVE);
          case "inclusiveGateway" -> gateway(taken, info, FlowNode.Gateway.Kind.INCLUSIVE);
          case "parallelGateway" -> gateway(taken, info, FlowNode.Gateway.Kind.PARALLEL);
          case "eventBasedGateway" -> eventBased(taken, info);
          case "userTask" -> userTask(element, taken, info);
          case "serviceTask" -> serviceTask(element, taken, info);
          case "businessRuleTask" -> businessRuleTask(element, taken, info);
          case "receiveTask" -> receiveTask(element, taken, info);
          case "subProcess" -> subProcess(element, taken, info);
          case "callActivity" -> callActivity(element, taken, info);
          default -> throw new AssertionError(element.name());
        };
    if (node != null) {
      taken.end();
    }
    return node;
  }

  private FlowNode startEvent(XmlElement element, Taken taken, FlowNode.Info info, Place place) {
    Set<String> allowed =
        switch (place) {
          case PROCESS -> STARTS;
          case SUB_PROCESS -> Set.of("none");
          case EVENT_SUB_PROCESS -> STARTS_ON_EVENT;
        };
    taken.only("parallelMultiple", Set.of("false"), "Draw an event for each.");
    boolean interrupting = taken.flag("isInterrupting", true);
    return new FlowNode.StartEvent(info, events.read(element, allowed), interrupting);
  }

  private FlowNode catchEvent(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only("parallelMultiple", Set.of("false"), "Draw an event for each.");
    return new FlowNode.CatchEvent(info, events.read(element, CATCHES));
  }

  private FlowNode boundaryEvent(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only("parallelMultiple", Set.of("false"), "Draw an event for each.");
    String attachedTo = taken.required("attachedToRef", "the id of an activity");
    boolean interrupting = taken.flag("cancelActivity", true);
    EventDefinition event = events.read(element, BOUNDARIES);
    if (event instanceof EventDefinition.BpmnError && !interrupting) {
      log.error(
          taken.at("cancelActivity"),
          "an error ends what it is caught at: remove cancelActivity=\"false\", or use an escalation.");
    }
    return new FlowNode.BoundaryEvent(info, attachedTo, interrupting, event);
  }

  private static FlowNode gateway(Taken taken, FlowNode.Info info, FlowNode.Gateway.Kind kind) {
    taken.passOver("gatewayDirection");
    return new FlowNode.Gateway(info, kind, taken.text("default"));
  }

  private static FlowNode eventBased(Taken taken, FlowNode.Info info) {
    taken.passOver("gatewayDirection");
    taken.only("instantiate", Set.of("false"), "Draw a start event for each message.");
    taken.only(
        "eventGatewayType", Set.of("Exclusive"), "Wait for each event after a parallelGateway.");
    return new FlowNode.Gateway(info, FlowNode.Gateway.Kind.EVENT_BASED, null);
  }

  private FlowNode userTask(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only(
        "implementation",
        Set.of("##unspecified", "##WebService"),
        "A user task is shown by Twinflow with the fields of its tw:form.");
    FlowNode.Assignment assignment =
        new FlowNode.Assignment(
            taken.ownTemplate("assignee"),
            taken.ownTemplates("candidateUsers"),
            taken.ownTemplates("candidateGroups"),
            taken.ownTemplate("due"));
    checkDue(assignment.due());
    return new FlowNode.UserTask(info, traits(element, taken), assignment, form(element));
  }

  private void checkDue(@Nullable Template due) {
    if (due == null || !due.isConstant()) {
      return;
    }
    String problem =
        due.text().startsWith("P") ? TimerText.duration(due.text()) : TimerText.date(due.text());
    if (problem != null) {
      log.error(due.position(), problem);
    }
  }

  /** The fields of {@code tw:form}, which may stand in a user task or a process. */
  List<FormField> form(XmlElement element) {
    List<XmlElement> extensions = Names.extensions(element);
    for (XmlElement extension : extensions) {
      if (!extension.name().equals("form")) {
        log.error(
            extension.position(),
            "%s cannot stand in a %s; expected tw:form."
                .formatted(Names.written(extension), element.name()));
      }
    }
    List<XmlElement> forms =
        extensions.stream().filter(extension -> extension.name().equals("form")).toList();
    if (forms.size() > 1) {
      log.error(
          forms.get(1).position(), "%s has one tw:form, found a second.".formatted(element.name()));
    }
    return forms.isEmpty() ? List.of() : new FormReader(log).read(forms.getFirst());
  }

  private @Nullable FlowNode serviceTask(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only(
        "implementation",
        Set.of("##unspecified", "##WebService"),
        "What a service task does is written in its extensionElements: tw:run, tw:tool, tw:decide, tw:mail, tw:webhook or tw:http.");
    taken.only("operationRef", Set.of(), "Call the service with tw:http in extensionElements.");
    FlowNode.Traits traits = traits(element, taken);
    taken.end();
    Work work = works.read(element);
    return work == null ? null : new FlowNode.ServiceTask(info, traits, work);
  }

  private @Nullable FlowNode businessRuleTask(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only(
        "implementation",
        Set.of("##unspecified", "##WebService"),
        "Which table decides is written in its extensionElements: tw:decide.");
    FlowNode.Traits traits = traits(element, taken);
    taken.end();
    Work work = works.readDecision(element);
    return work == null ? null : new FlowNode.ServiceTask(info, traits, work);
  }

  private FlowNode receiveTask(XmlElement element, Taken taken, FlowNode.Info info) {
    taken.only(
        "implementation", Set.of("##unspecified", "##WebService"), "Name a message: messageRef.");
    taken.only("instantiate", Set.of("false"), "Draw a start event with the message.");
    taken.only("operationRef", Set.of(), "Name a message: messageRef.");
    String reference = taken.required("messageRef", "the id of the message it waits for");
    String message =
        reference.isEmpty() ? null : shared.resolve("message", reference, taken.at("messageRef"));
    return new FlowNode.ReceiveTask(info, traits(element, taken), message == null ? "" : message);
  }

  private FlowNode subProcess(XmlElement element, Taken taken, FlowNode.Info info) {
    boolean onEvent = taken.flag("triggeredByEvent", false);
    FlowScope body =
        scopes.read(element, onEvent ? Place.EVENT_SUB_PROCESS : Place.SUB_PROCESS, this);
    return new FlowNode.SubProcess(info, traits(element, taken), onEvent, body);
  }

  private FlowNode callActivity(XmlElement element, Taken taken, FlowNode.Info info) {
    String called = taken.required("calledElement", "the id of a process in this document");
    for (XmlElement extensions : element.children("extensionElements")) {
      for (XmlElement extension : extensions.children()) {
        if (Names.isTwinflow(extension)
            && !extension.name().equals("input")
            && !extension.name().equals("output")) {
          log.error(
              extension.position(),
              "%s cannot stand in a callActivity; expected tw:input or tw:output."
                  .formatted(Names.written(extension)));
        } else if (Names.isTwinflow(extension)
            && extension.attribute("name").startsWith(Names.HIDDEN)) {
          log.error(
              extension.position(),
              "what begins with \"%s\" is kept by Twinflow itself, and given to no other process. Choose another name."
                  .formatted(Names.HIDDEN));
        }
      }
      return new FlowNode.CallActivity(
          info,
          traits(element, taken),
          called,
          works.mappings(extensions, "input"),
          works.outputs(extensions));
    }
    return new FlowNode.CallActivity(info, traits(element, taken), called, List.of(), List.of());
  }

  private FlowNode.Traits traits(XmlElement element, Taken taken) {
    String once = "Repeat the activity with multiInstanceLoopCharacteristics.";
    taken.only("startQuantity", Set.of("1"), once).only("completionQuantity", Set.of("1"), once);
    return new FlowNode.Traits(
        taken.text("default"),
        new RepetitionReader(log).read(element),
        taken.flag("isForCompensation", false));
  }
}
