package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the content of {@code $import}, {@code $include} and {@code $mixin} in place. SALAD v1.2,
 * "Import", "Include" and "Mixin".
 */
final class Directives {

  private final Documents documents;
  private final ReadLimits limits;
  private long size;
  private long characters;
  private int depth;
  private int deepest;

  Directives(Documents documents, ReadLimits limits) {
    this.documents = documents;
    this.limits = limits;
  }

  /** The number of nodes put in place so far. */
  long size() {
    return size;
  }

  /** The length of their texts. */
  long characters() {
    return characters;
  }

  /** How deep the tree is with its imports. */
  int deepest() {
    return deepest;
  }

  Node resolve(Node node) throws InvalidDefinitionException {
    grow(1, node instanceof ScalarNode scalar ? scalar.text().length() : 0, node);
    deepen(1, node);
    Node resolved =
        switch (node) {
          case ScalarNode scalar -> scalar;
          case ListNode list -> list(list);
          case MapNode map -> map(map);
        };
    depth--;
    return resolved;
  }

  private void deepen(int by, Node at) throws InvalidDefinitionException {
    depth += by;
    deepest = Math.max(deepest, depth);
    if (depth > 2 * limits.maxDepth()) {
      throw new InvalidDefinitionException(
          Problem.error(
              at.position(),
              "with its imports the document is nested deeper than the bound of "
                  + 2 * limits.maxDepth()
                  + "."));
    }
  }

  private void grow(long by, long text, Node at) throws InvalidDefinitionException {
    size += by;
    characters += text;
    documents.total().put(by, text, at.position());
    if (size > limits.maxNodes()) {
      throw new InvalidDefinitionException(
          Problem.error(
              at.position(),
              "with its imports the document has more than "
                  + limits.maxNodes()
                  + " values, which is the bound."));
    }
  }

  private Node list(ListNode list) throws InvalidDefinitionException {
    List<Node> items = new ArrayList<>(list.items().size());
    boolean changed = false;
    for (Node item : list.items()) {
      Node resolved = resolve(item);
      changed |= isOther(resolved, item);
      boolean splice =
          item instanceof MapNode map
              && (map.has("$import") || map.has("$mixin"))
              && resolved instanceof ListNode;
      if (splice && resolved instanceof ListNode inner) {
        items.addAll(inner.items());
      } else {
        items.add(resolved);
      }
    }
    return changed ? new ListNode(items, list.position()) : list;
  }

  private Node map(MapNode map) throws InvalidDefinitionException {
    if (map.has("$import")) {
      return imported(map, target(map, "$import", true));
    }
    if (map.has("$include")) {
      String iri = target(map, "$include", true);
      String text = documents.text(iri, map.keyPosition("$include"));
      grow(0, text.length(), map);
      return new ScalarNode(ScalarNode.Kind.STRING, text, map.position());
    }
    Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
    boolean changed = false;
    if (map.has("$mixin")) {
      changed = true;
      Node mixin = imported(map, target(map, "$mixin", false));
      if (!(mixin instanceof MapNode base)) {
        throw problem(map, "$mixin", "expected a map to mix in, found " + mixin.describe() + ".");
      }
      entries.putAll(base.entries());
    }
    for (Map.Entry<String, MapNode.Entry> entry : map.entries().entrySet()) {
      if (entry.getKey().equals("$mixin")) {
        continue;
      }
      Node value = entry.getValue().value();
      grow(0, entry.getKey().length(), value);
      Node resolved = resolve(value);
      changed |= isOther(resolved, value);
      entries.put(entry.getKey(), new MapNode.Entry(entry.getValue().keyPosition(), resolved));
    }
    return changed ? new MapNode(entries, map.position()) : map;
  }

  /** Identity is meant: a node without directives comes back as it is, and comparing costs. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(Node resolved, Node node) {
    return resolved != node;
  }

  private Node imported(MapNode map, String iri) throws InvalidDefinitionException {
    String fragment = Iri.fragment(iri);
    Node unresolved = fragment.isEmpty() ? null : documents.unresolved(iri);
    if (unresolved != null) {
      return part(map, unresolved, iri);
    }
    Document document = documents.get(iri, map.position());
    grow(document.size(), document.characters(), map);
    deepen(document.depth(), map);
    depth -= document.depth();
    return fragment.isEmpty() ? document.root() : byId(map, document.root(), iri);
  }

  /** Packed documents import their own types: what is meant may hold imports itself. */
  private Node part(MapNode map, Node unresolved, String iri) throws InvalidDefinitionException {
    Node found = byId(map, unresolved, iri);
    documents.enter(iri, map.position());
    try {
      return resolve(found);
    } finally {
      documents.leave();
    }
  }

  private Node byId(MapNode map, Node root, String iri) throws InvalidDefinitionException {
    Node found = ById.find(root, Iri.fragment(iri));
    if (found == null) {
      throw problem(
          map,
          map.has("$import") ? "$import" : "$mixin",
          "nothing in "
              + documents.display(Iri.withoutFragment(iri))
              + " has the id \""
              + Iri.fragment(iri)
              + "\".");
    }
    return found;
  }

  private String target(MapNode map, String directive, boolean alone)
      throws InvalidDefinitionException {
    String reference = map.string(directive);
    if (reference == null) {
      throw problem(map, directive, "expected a file or URL after " + directive + ".");
    }
    if (alone && map.entries().size() > 1) {
      throw problem(
          map,
          directive,
          directive + " must stand alone in its map; remove the other fields, or use $mixin.");
    }
    return Iri.resolve(documents.base(map.position()), reference);
  }

  private static InvalidDefinitionException problem(MapNode map, String key, String message) {
    return new InvalidDefinitionException(Problem.error(map.keyPosition(key), message));
  }
}
