package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML into elements that know their places. Nothing is fetched and nothing is expanded:
 * document type definitions are refused, and with them entities.
 */
public final class XmlDocument {

  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s=\"'<>/]+)\\s*=\\s*(?:\"[^\"]*\"|'[^']*')");

  private final String source;
  private final String text;
  private final ReadLimits limits;
  private final Lines lines;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable XmlElement root;
  private long nodes;

  /** An element whose end has not come. */
  private record Open(
      String namespace,
      String name,
      List<XmlAttribute> attributes,
      List<XmlElement> children,
      StringBuilder text,
      Position position,
      Position textPosition) {}

  private XmlDocument(String source, String text, ReadLimits limits) {
    this.source = source;
    this.text = text;
    this.limits = limits;
    this.lines = new Lines(source, text);
  }

  public static XmlElement read(String source, byte[] bytes, ReadLimits limits)
      throws InvalidDefinitionException {
    if (bytes.length > limits.maxBytes()) {
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(source),
              "the document has %,d bytes, at most %,d are read."
                  .formatted(bytes.length, limits.maxBytes())));
    }
    return new XmlDocument(source, XmlText.decode(bytes, source), limits).read();
  }

  private XmlElement read() throws InvalidDefinitionException {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
      try {
        while (reader.hasNext()) {
          take(reader, reader.next());
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
    if (root == null) {
      throw refused(Position.startOf(source), "expected an XML document, found nothing.");
    }
    return root;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is fetched for a document");
    });
    return factory;
  }

  private void take(XMLStreamReader reader, int event) throws InvalidDefinitionException {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> begin(reader);
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (!open.isEmpty()) {
          open.getFirst().text().append(reader.getText());
        }
      }
      case XMLStreamConstants.DTD ->
          throw refused(
              lines.at(Math.max(0, text.indexOf("<!DOCTYPE"))),
              "found a document type definition (<!DOCTYPE …>), which is never read because it can fetch files and fill memory. Remove it; no document needs one here.");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw refused(
              lines.at(offset(reader)),
              "found the entity &%s;, which is not known. Write the character itself."
                  .formatted(reader.getLocalName()));
      default -> {
        // Comments and processing instructions say nothing to an engine.
      }
    }
  }

  private void begin(XMLStreamReader reader) throws InvalidDefinitionException {
    int end = offset(reader);
    int start = Math.max(0, text.lastIndexOf('<', Math.max(0, end - 1)));
    Position position = lines.at(start);
    nodes += 1 + reader.getAttributeCount();
    if (nodes > limits.maxNodes()) {
      throw refused(
          position,
          "the document has more than %,d elements and attributes; split it into several."
              .formatted(limits.maxNodes()));
    }
    if (open.size() >= limits.maxDepth()) {
      throw refused(
          position,
          "elements stand more than %d deep in each other here.".formatted(limits.maxDepth()));
    }
    open.push(
        new Open(
            orEmpty(reader.getNamespaceURI()),
            reader.getLocalName(),
            attributes(reader, start, end),
            new ArrayList<>(),
            new StringBuilder(),
            position,
            lines.at(end)));
  }

  private List<XmlAttribute> attributes(XMLStreamReader reader, int start, int end) {
    List<XmlAttribute> attributes = new ArrayList<>();
    String tag = text.substring(start, Math.max(start, Math.min(end, text.length())));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = orEmpty(reader.getAttributePrefix(i));
      String written = (prefix.isEmpty() ? "" : prefix + ":") + reader.getAttributeLocalName(i);
      attributes.add(
          new XmlAttribute(
              orEmpty(reader.getAttributeNamespace(i)),
              reader.getAttributeLocalName(i),
              reader.getAttributeValue(i),
              lines.at(start + valueIn(tag, written))));
    }
    return attributes;
  }

  /** Where the value of an attribute begins in a tag; the tag's own start if it is not found. */
  private static int valueIn(String tag, String name) {
    Matcher matcher = ATTRIBUTE.matcher(tag);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return tag.indexOf(matcher.group().charAt(matcher.group().length() - 1), matcher.end(1))
            + 1;
      }
    }
    return 0;
  }

  private void end() {
    Open ended = open.pop();
    XmlElement element =
        new XmlElement(
            ended.namespace(),
            ended.name(),
            ended.attributes(),
            ended.children(),
            ended.text().toString(),
            ended.position(),
            ended.textPosition());
    if (open.isEmpty()) {
      root = element;
    } else {
      open.getFirst().children().add(element);
    }
  }

  /** The parser stands behind what it has read. */
  private int offset(XMLStreamReader reader) {
    return Math.clamp(reader.getLocation().getCharacterOffset(), 0, text.length());
  }

  private InvalidDefinitionException malformed(XMLStreamException e) {
    String said = String.valueOf(e.getMessage());
    int message = said.indexOf("Message: ");
    Position position =
        e.getLocation() == null || e.getLocation().getLineNumber() < 1
            ? Position.startOf(source)
            : new Position(
                source,
                e.getLocation().getLineNumber(),
                Math.max(1, e.getLocation().getColumnNumber()));
    return refused(
        position,
        "expected well-formed XML: "
            + (message < 0 ? said : said.substring(message + "Message: ".length())).strip());
  }

  private static InvalidDefinitionException refused(Position position, String message) {
    return new InvalidDefinitionException(Problem.error(position, message));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
