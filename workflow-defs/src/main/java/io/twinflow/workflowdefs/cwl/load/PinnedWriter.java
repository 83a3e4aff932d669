package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the documents of a load as two lines of JSON. The first says where the sources lay; the
 * second holds the documents with their imports in place and a source, line and column for each
 * node and key, in the order in which they stand.
 */
final class PinnedWriter {

  private final Documents documents;

  PinnedWriter(Documents documents) {
    this.documents = documents;
  }

  String write(String mainId, String asked, FormatOntology ontology) {
    String folder = asked.substring(0, Iri.withoutFragment(asked).lastIndexOf('/') + 1);
    Map<String, String> displayByName = new TreeMap<>();
    documents
        .sources()
        .forEach((display, iri) -> displayByName.put(Iri.relativize(folder, iri), display));
    List<String> names = List.copyOf(displayByName.keySet());
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String name : names) {
      numbers.put(displayByName.getOrDefault(name, name), numbers.size());
    }
    StringWriter out = new StringWriter();
    try (JsonGenerator json = generator(out)) {
      header(json, folder, names.stream().map(displayByName::get).toList());
    }
    out.write('\n');
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeName("main");
      json.writeString(
          Iri.relativize(folder, Iri.withoutFragment(asked)) + fragment(asked, mainId));
      sources(json, names, displayByName);
      json.writeName("documents");
      json.writeStartArray();
      documents.all().values().stream()
          .sorted(Comparator.comparing((Document d) -> Iri.relativize(folder, d.iri())))
          .forEach(document -> document(json, folder, document, numbers));
      json.writeEndArray();
      ontology(json, ontology);
      json.writeEndObject();
    }
    return out.toString();
  }

  private static String fragment(String asked, String mainId) {
    String fragment = Iri.fragment(asked).isEmpty() ? Iri.fragment(mainId) : Iri.fragment(asked);
    return fragment.isEmpty() ? "" : "#" + fragment;
  }

  private static JsonGenerator generator(StringWriter out) {
    return new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
  }

  private static void header(JsonGenerator json, String folder, List<String> displays) {
    json.writeStartObject();
    json.writeName("folder");
    json.writeString(folder);
    json.writeName("shown");
    json.writeStartArray();
    displays.forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void sources(JsonGenerator json, List<String> names, Map<String, String> displayByName) {
    json.writeName("sources");
    json.writeStartArray();
    for (String name : names) {
      json.writeStartObject();
      json.writeName("name");
      json.writeString(name);
      json.writeName("namespaces");
      json.writeStartObject();
      documents
          .namespaces(displayByName.getOrDefault(name, name))
          .forEach((prefix, iri) -> {
            json.writeName(prefix);
            json.writeString(iri);
          });
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void document(
      JsonGenerator json, String folder, Document document, Map<String, Integer> numbers) {
    List<Position> positions = new ArrayList<>();
    json.writeStartObject();
    json.writeName("name");
    json.writeString(Iri.relativize(folder, document.iri()));
    json.writeName("root");
    node(json, document.root(), positions);
    json.writeName("at");
    json.writeStartArray();
    for (Position position : positions) {
      json.writeNumber(numbers.getOrDefault(position.source(), 0));
      json.writeNumber(position.line());
      json.writeNumber(position.column());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void node(JsonGenerator json, Node node, List<Position> positions) {
    positions.add(node.position());
    switch (node) {
      case ScalarNode scalar -> {
        switch (scalar.kind()) {
          case NULL -> json.writeNull();
          case BOOLEAN -> json.writeBoolean(scalar.isTrue());
          case INTEGER, DECIMAL -> json.writeNumber(scalar.text());
          case STRING -> json.writeString(scalar.text());
        }
      }
      case ListNode list -> {
        json.writeStartArray();
        list.items().forEach(item -> node(json, item, positions));
        json.writeEndArray();
      }
      case MapNode map -> {
        json.writeStartObject();
        map.entries()
            .forEach((key, entry) -> {
              json.writeName(key);
              positions.add(entry.keyPosition());
              node(json, entry.value(), positions);
            });
        json.writeEndObject();
      }
    }
  }

  private static void ontology(JsonGenerator json, FormatOntology ontology) {
    json.writeName("ontology");
    json.writeStartObject();
    new TreeMap<>(ontology.superclasses())
        .forEach((iri, above) -> {
          json.writeName(iri);
          json.writeStartArray();
          new TreeSet<>(above).forEach(json::writeString);
          json.writeEndArray();
        });
    json.writeEndObject();
  }
}
