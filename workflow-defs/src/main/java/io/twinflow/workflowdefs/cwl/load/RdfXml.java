package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Iri;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads statements between named resources from RDF/XML; blank nodes are passed over. */
final class RdfXml {

  /** An open element: a resource, or a property of the resource around it. */
  private record Open(@Nullable String resource, @Nullable String property) {}

  private final Rdf.Statements statements;
  private String base;

  RdfXml(String base, Rdf.Statements statements) {
    this.base = base;
    this.statements = statements;
  }

  void read(byte[] bytes) throws RdfException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty("jdk.xml.entityExpansionLimit", "1000000");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "100000000");
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> new ByteArrayInputStream(new byte[0]));
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      Deque<Open> open = new ArrayDeque<>();
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          open.push(start(xml, open.peek()));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          open.pop();
        }
      }
    } catch (XMLStreamException e) {
      throw new RdfException("not RDF/XML: " + e.getMessage(), e);
    }
  }

  private Open start(XMLStreamReader xml, @Nullable Open parent) {
    String xmlBase = xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "base");
    if (xmlBase != null && parent == null) {
      base = xmlBase;
    }
    String name = xml.getNamespaceURI() + xml.getLocalName();
    if (parent == null) {
      return new Open(null, null);
    }
    boolean isProperty = parent.resource() != null && parent.property() == null;
    if (isProperty) {
      String object = xml.getAttributeValue(Rdf.RDF, "resource");
      if (object != null && parent.resource() != null) {
        statements.add(parent.resource(), name, Iri.resolve(base, object));
      }
      return new Open(parent.resource(), name);
    }
    String about = about(xml);
    if (about != null && parent.property() != null && parent.resource() != null) {
      statements.add(parent.resource(), parent.property(), about);
    }
    return new Open(about == null ? BLANK : about, null);
  }

  /** The subject of an anonymous resource; what is said about it is of no use here. */
  private static final String BLANK = "_:";

  private @Nullable String about(XMLStreamReader xml) {
    String about = xml.getAttributeValue(Rdf.RDF, "about");
    if (about != null) {
      return Iri.resolve(base, about);
    }
    String id = xml.getAttributeValue(Rdf.RDF, "ID");
    return id == null ? null : Iri.withoutFragment(base) + "#" + id;
  }
}
