package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PinnedWriter} wrote. */
final class PinnedReader {

  private static final ReadLimits LIMITS = new ReadLimits(1L << 30, 1_000, 50_000_000);

  /** The documents as they were, with the process to run. */
  record Pinned(Documents documents, String main, FormatOntology ontology) {}

  private int[] numbers = new int[0];
  private int next;
  private List<String> shown = List.of();

  Pinned read(String text) throws InvalidDefinitionException {
    int line = text.indexOf('\n');
    if (line < 0) {
      throw broken("expected two lines");
    }
    MapNode header = map(NodeReader.read(text.substring(0, line), "pinned", LIMITS));
    MapNode closure = map(NodeReader.read(text.substring(line + 1), "pinned", LIMITS));
    String folder = string(header.get("folder"));
    shown = strings(header.get("shown"));
    Documents documents = new Documents(LoadOptions.defaults().withFetcher(PinnedReader::refuse));
    List<Node> sources = list(closure.get("sources"));
    if (sources.size() != shown.size()) {
      throw broken("the two lines do not belong together");
    }
    Map<String, String> displayByIri = new HashMap<>();
    for (int i = 0; i < shown.size(); i++) {
      MapNode source = map(sources.get(i));
      String iri = Iri.resolve(folder, string(source.get("name")));
      Map<String, String> namespaces = new LinkedHashMap<>();
      if (source.get("namespaces") instanceof MapNode declared) {
        for (var entry : declared.entries().entrySet()) {
          namespaces.put(entry.getKey(), string(entry.getValue().value()));
        }
      }
      documents.addSource(shown.get(i), iri, namespaces);
      displayByIri.put(iri, shown.get(i));
    }
    for (Node node : list(closure.get("documents"))) {
      MapNode document = map(node);
      String iri = Iri.resolve(folder, string(document.get("name")));
      String display = displayByIri.getOrDefault(iri, iri);
      documents.add(
          new Document(iri, display, root(document), documents.namespaces(display), 0, 0, 0));
    }
    String main = string(closure.get("main"));
    return new Pinned(documents, Iri.resolve(folder, main), ontology(closure.get("ontology")));
  }

  private Node root(MapNode document) throws InvalidDefinitionException {
    List<Node> at = list(document.get("at"));
    numbers = new int[at.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = at.get(i) instanceof ScalarNode number ? Integer.parseInt(number.text()) : 0;
    }
    next = 0;
    MapNode.Entry root = document.entries().get("root");
    if (root == null) {
      throw broken("a document has no root");
    }
    return placed(root.value());
  }

  private Node placed(Node node) throws InvalidDefinitionException {
    Position position = position();
    return switch (node) {
      case ScalarNode scalar -> new ScalarNode(scalar.kind(), scalar.text(), position);
      case ListNode list -> {
        List<Node> items = new ArrayList<>(list.items().size());
        for (Node item : list.items()) {
          items.add(placed(item));
        }
        yield new ListNode(items, position);
      }
      case MapNode map -> {
        Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
        for (var entry : map.entries().entrySet()) {
          Position key = position();
          entries.put(entry.getKey(), new MapNode.Entry(key, placed(entry.getValue().value())));
        }
        yield new MapNode(entries, position);
      }
    };
  }

  private Position position() throws InvalidDefinitionException {
    if (next + 2 >= numbers.length || numbers[next] >= shown.size()) {
      throw broken("positions are missing");
    }
    Position position =
        new Position(shown.get(numbers[next]), numbers[next + 1], numbers[next + 2]);
    next += 3;
    return position;
  }

  private static FormatOntology ontology(@Nullable Node node) throws InvalidDefinitionException {
    Map<String, Set<String>> above = new HashMap<>();
    for (var entry : map(node).entries().entrySet()) {
      above.put(entry.getKey(), Set.copyOf(new HashSet<>(strings(entry.getValue().value()))));
    }
    return above.isEmpty() ? FormatOntology.EMPTY : new FormatOntology(above);
  }

  private static byte[] refuse(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    throw broken("it does not contain " + display);
  }

  private static MapNode map(@Nullable Node node) throws InvalidDefinitionException {
    if (node instanceof MapNode map) {
      return map;
    }
    throw broken("expected a map");
  }

  private static List<Node> list(@Nullable Node node) throws InvalidDefinitionException {
    if (node instanceof ListNode list) {
      return list.items();
    }
    throw broken("expected a list");
  }

  private static String string(@Nullable Node node) throws InvalidDefinitionException {
    if (node instanceof ScalarNode scalar) {
      return scalar.text();
    }
    throw broken("expected a string");
  }

  private static List<String> strings(@Nullable Node node) throws InvalidDefinitionException {
    List<String> strings = new ArrayList<>();
    for (Node item : list(node)) {
      strings.add(string(item));
    }
    return strings;
  }

  private static InvalidDefinitionException broken(String what) {
    return new InvalidDefinitionException(
        Problem.error(
            Position.startOf("pinned"), "this is no pinned definition of Twinflow: " + what + "."));
  }
}
