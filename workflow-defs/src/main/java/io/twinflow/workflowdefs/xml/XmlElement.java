package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;

/**
 * An element of a document, and where it stands.
 *
 * @param text what stands directly in it
 * @param textPosition where the text begins
 */
public record XmlElement(
    String namespace,
    String name,
    List<XmlAttribute> attributes,
    List<XmlElement> children,
    String text,
    Position position,
    Position textPosition) {

  public XmlElement {
    attributes = List.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** Those of a name, in the namespace of this element. */
  public List<XmlElement> children(String name) {
    return children.stream()
        .filter(child -> child.namespace.equals(namespace) && child.name.equals(name))
        .toList();
  }

  /** The value, or an empty text. */
  public String attribute(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.namespace().isEmpty() && attribute.name().equals(name))
        .map(XmlAttribute::value)
        .findFirst()
        .orElse("");
  }
}
