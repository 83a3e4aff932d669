package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.SequenceFlow;
import io.twinflow.workflowdefs.bpmn.Undoing;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a process or sub-process consists of. */
record ScopeReader(ProblemLog log) {

  private static final Set<String> NODES =
      Set.of(
          "startEvent",
          "endEvent",
          "intermediateCatchEvent",
          "intermediateThrowEvent",
          "boundaryEvent",
          "exclusiveGateway",
          "inclusiveGateway",
          "parallelGateway",
          "eventBasedGateway",
          "userTask",
          "serviceTask",
          "businessRuleTask",
          "receiveTask",
          "subProcess",
          "callActivity");

  /** What draws or tells, and changes nothing that is run. */
  private static final Set<String> DRAWN =
      Set.of(
          "documentation",
          "extensionElements",
          "incoming",
          "outgoing",
          "laneSet",
          "association",
          "textAnnotation",
          "group",
          "dataObject",
          "dataObjectReference",
          "dataStoreReference",
          "dataInputAssociation",
          "dataOutputAssociation",
          "property",
          "auditing",
          "monitoring",
          "categoryValueRef",
          "supports",
          "correlationSubscription",
          "multiInstanceLoopCharacteristics");

  FlowScope read(XmlElement container, NodeReader.Place place, NodeReader nodeReader) {
    List<FlowNode> nodes = new ArrayList<>();
    List<SequenceFlow> flows = new ArrayList<>();
    for (XmlElement child : container.children()) {
      if (!Names.isBpmn(child)) {
        continue;
      }
      refuseEngines(child);
      if (NODES.contains(child.name())) {
        checkParts(child);
        FlowNode node = nodeReader.read(child, place);
        if (node != null) {
          nodes.add(node);
        }
      } else if (child.name().equals("sequenceFlow")) {
        flows.add(flow(child));
      } else {
        other(container, child);
      }
    }
    return new FlowScope(nodes, flows, undoings(container, nodes));
  }

  /** Associations are drawn only, but those of events that tell how their activity is undone. */
  private List<Undoing> undoings(XmlElement container, List<FlowNode> nodes) {
    Set<String> events = new HashSet<>();
    nodes.stream().filter(ScopeReader::tellsHowToUndo).forEach(event -> events.add(event.id()));
    Set<String> drawn = new HashSet<>();
    for (XmlElement child : container.children()) {
      if (DRAWN.contains(child.name())) {
        drawn.add(child.attribute("id"));
      }
    }
    List<Undoing> undoings = new ArrayList<>();
    for (XmlElement association : container.children("association")) {
      String from = association.attribute("sourceRef");
      String to = association.attribute("targetRef");
      if (events.contains(from) && !drawn.contains(to)) {
        undoings.add(new Undoing(from, to, association.position()));
      } else if (events.contains(to) && !drawn.contains(from)) {
        log.error(
            association.position(),
            "the association leads from \"%s\" to the boundaryEvent \"%s\": turn it, so that it leads from the event to what undoes."
                .formatted(from, to));
      }
    }
    return undoings;
  }

  private static boolean tellsHowToUndo(FlowNode node) {
    return node instanceof FlowNode.BoundaryEvent event
        && event.event() instanceof EventDefinition.Compensation;
  }

  private void other(XmlElement container, XmlElement child) {
    String wayOut = WayOut.ofElement(child.name());
    if (wayOut != null) {
      log.unsupported(child.position(), wayOut);
    } else if (!DRAWN.contains(child.name())) {
      log.error(
          child.position(),
          "%s cannot stand in %s.%s"
              .formatted(child.name(), container.name(), NearestName.hint(child.name(), NODES)));
    }
  }

  /** What is refused within a node by its name; sub-processes are looked at as they are read. */
  private void checkParts(XmlElement node) {
    if (node.name().equals("subProcess")) {
      return;
    }
    for (XmlElement part : node.children()) {
      if (!Names.isBpmn(part) || part.name().endsWith("EventDefinition")) {
        continue;
      }
      boolean event = node.name().endsWith("Event");
      boolean assigns =
          part.name().startsWith("data")
              && !(part.children("assignment").isEmpty()
                  && part.children("transformation").isEmpty());
      boolean item = event && (part.name().startsWith("data") || part.name().endsWith("Set"));
      if (assigns) {
        log.unsupported(
            part.position(),
            "assignments in data associations are not evaluated. Map values with tw:input and tw:output.");
      } else if (!item && !part.name().equals("eventDefinitionRef")) {
        other(node, part);
      }
    }
  }

  /** What says in another engine's words how a node is to be run must not be passed over. */
  void refuseEngines(XmlElement node) {
    for (XmlElement extensions : node.children("extensionElements")) {
      for (XmlElement extension : extensions.children()) {
        String engine = Names.ENGINES.get(extension.namespace());
        if (engine != null) {
          log.unsupported(
              extension.position(), WayOut.ofEngine(engine, node.name(), extension.name()));
        }
      }
    }
  }

  private SequenceFlow flow(XmlElement element) {
    Taken taken = new Taken(element, log).passOver("isImmediate");
    SequenceFlow flow =
        new SequenceFlow(
            taken.id(),
            taken.text("name"),
            taken.required("sourceRef", "the id of the node it leaves"),
            taken.required("targetRef", "the id of the node it leads to"),
            condition(element),
            element.position());
    taken.end();
    return flow;
  }

  private @Nullable Template condition(XmlElement flow) {
    for (XmlElement child : flow.children("conditionExpression")) {
      Taken taken = new Taken(child, log).passOver("id", "evaluatesToTypeRef", "language");
      taken.end();
      String text = child.text().strip();
      Template template = taken.template(text, child.textPosition());
      if (template != null && !template.isOneExpression()) {
        log.error(
            child.textPosition(),
            "expected a condition such as ${level > 3.5}, found \"%s\".".formatted(text));
      }
      return template;
    }
    return null;
  }
}
