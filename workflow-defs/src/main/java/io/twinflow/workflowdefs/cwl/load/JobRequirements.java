package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the requirements of an input object in place of those that the process has of the same
 * classes, before anything is read, so that they are pinned with it. CWL v1.2, "Requirements and
 * hints".
 */
final class JobRequirements {

  private JobRequirements() {}

  static void apply(Reading reading, String iri, JobDocument job)
      throws InvalidDefinitionException {
    Node requirements = job.requirementsNode();
    if (requirements != null) {
      ProcessFinder.Found found = new ProcessFinder(reading).find(iri, null);
      if (found != null) {
        put(reading, iri, found.map(), requirements);
      }
    }
    // Later, as they say more exactly what they are for.
    for (Map.Entry<String, MapNode.Entry> override : job.overrides().entrySet()) {
      String target = override.getKey();
      MapNode found = OverrideTarget.find(target, override.getValue().keyPosition(), reading);
      if (found != null) {
        put(reading, target, found, override.getValue().value());
      }
    }
  }

  private static void put(Reading reading, String iri, MapNode target, Node requirements)
      throws InvalidDefinitionException {
    Documents documents = reading.documents();
    String display = requirements.position().source();
    documents.addSource(display, documents.iriOf(display), Map.of());
    Document old = documents.get(Iri.withoutFragment(iri), null);
    documents.add(
        new Document(
            old.iri(),
            old.display(),
            replaced(old.root(), target, changed(target, requirements, reading)),
            old.namespaces(),
            old.size(),
            old.characters(),
            old.depth()));
  }

  private static MapNode changed(MapNode process, Node requirements, Reading reading) {
    List<MapNode> given = IdMaps.items(requirements, "requirements", "class", null, reading);
    Set<String> classes = new HashSet<>();
    given.forEach(requirement -> classes.add(className(requirement)));
    List<Node> all = new ArrayList<>(given);
    all.addAll(without(classes, process, "requirements", reading));
    MapNode changed = process.with("requirements", new ListNode(all, requirements.position()));
    Node hints = process.get("hints");
    return hints == null
        ? changed
        : changed.with(
            "hints", new ListNode(without(classes, process, "hints", reading), hints.position()));
  }

  private static List<Node> without(
      Set<String> classes, MapNode process, String field, Reading reading) {
    Node own = process.get(field);
    if (own == null) {
      return List.of();
    }
    return IdMaps.items(own, field, "class", null, reading).stream()
        .filter(requirement -> !classes.contains(className(requirement)))
        .map(Node.class::cast)
        .toList();
  }

  private static String className(MapNode requirement) {
    String name = requirement.string("class");
    return name == null ? "" : Names.last(name);
  }

  /** The tree with one node, which is known by identity, replaced. */
  private static Node replaced(@Nullable Node tree, MapNode old, MapNode changed) {
    return switch (tree) {
      case null -> changed;
      case ScalarNode scalar -> scalar;
      case ListNode list ->
          new ListNode(
              list.items().stream().map(item -> replaced(item, old, changed)).toList(),
              list.position());
      case MapNode map -> {
        if (isSame(map, old)) {
          yield changed;
        }
        Map<String, MapNode.Entry> entries = new LinkedHashMap<>();
        map.entries()
            .forEach((key, entry) ->
                entries.put(
                    key,
                    new MapNode.Entry(entry.keyPosition(), replaced(entry.value(), old, changed))));
        yield new MapNode(entries, map.position());
      }
    };
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(MapNode one, MapNode other) {
    return one == other;
  }
}
