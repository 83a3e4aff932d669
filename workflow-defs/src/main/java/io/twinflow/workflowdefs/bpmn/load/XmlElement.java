package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;

/**
 * An element of a document, and where it stands.
 *
 * @param text what stands directly in it
 * @param textPosition where the text begins
 */
record XmlElement(
    String namespace,
    String name,
    List<XmlAttribute> attributes,
    List<XmlElement> children,
    String text,
    Position position,
    Position textPosition) {

  XmlElement {
    attributes = List.copyOf(attributes);
    children = List.copyOf(children);
  }

  boolean isBpmn() {
    return namespace.equals(Names.BPMN);
  }

  boolean isTwinflow() {
    return namespace.equals(Names.TWINFLOW);
  }

  /** As a person would write it. */
  String written() {
    return isTwinflow() ? "tw:" + name : name;
  }

  List<XmlElement> children(String bpmnName) {
    return children.stream()
        .filter(child -> child.isBpmn() && child.name().equals(bpmnName))
        .toList();
  }

  /** What Twinflow's own elements say in it. */
  List<XmlElement> extensions() {
    return children("extensionElements").stream()
        .flatMap(extensions -> extensions.children().stream())
        .filter(XmlElement::isTwinflow)
        .toList();
  }

  /** The value, or an empty text. */
  String attribute(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.namespace().isEmpty() && attribute.name().equals(name))
        .map(XmlAttribute::value)
        .findFirst()
        .orElse("");
  }
}
