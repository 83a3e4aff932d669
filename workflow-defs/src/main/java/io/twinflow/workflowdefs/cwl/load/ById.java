package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import org.jspecify.annotations.Nullable;

/** Finds the map with an id in a tree, breadth of the {@code $graph} before depth. */
final class ById {

  private ById() {}

  static @Nullable MapNode find(Node root, String fragment) {
    if (root instanceof MapNode map && map.get("$graph") instanceof ListNode graph) {
      for (Node item : graph.items()) {
        if (item instanceof MapNode candidate && has(candidate, fragment)) {
          return candidate;
        }
      }
    }
    return deep(root, fragment);
  }

  private static @Nullable MapNode deep(Node node, String fragment) {
    return switch (node) {
      case ScalarNode _ -> null;
      case ListNode list -> {
        for (Node item : list.items()) {
          MapNode found = deep(item, fragment);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
      case MapNode map -> {
        if (has(map, fragment)) {
          yield map;
        }
        for (MapNode.Entry entry : map.entries().values()) {
          MapNode found = deep(entry.value(), fragment);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
    };
  }

  private static boolean has(MapNode map, String fragment) {
    return matches(map.string("id"), fragment) || matches(map.string("name"), fragment);
  }

  private static boolean matches(@Nullable String id, String fragment) {
    return id != null && Names.fragment(id).equals(fragment);
  }
}
