package io.twinflow.engine.server.runs;

import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** By its root element a document in XML says what it is written in. Nothing is fetched for it. */
final class XmlRoot {

  private static final String DMN = "www.omg.org/spec/DMN/";

  private XmlRoot() {}

  /** Whether it is written in DMN, also in a version that is not read. */
  static boolean isDmn(InputStream document) {
    return namespace(document).filter(name -> name.contains(DMN)).isPresent();
  }

  /** Empty if that cannot be told; whoever reads the document then tells why. */
  private static Optional<String> namespace(InputStream document) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(document);
      try {
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamReader.START_ELEMENT) {
            return Optional.ofNullable(reader.getNamespaceURI());
          }
        }
        return Optional.empty();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }
}
