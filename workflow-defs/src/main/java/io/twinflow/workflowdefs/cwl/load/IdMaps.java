package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Identifier maps to lists. SALAD v1.2, section "Identifier maps". */
final class IdMaps {

  private IdMaps() {}

  static List<MapNode> items(
      Node node, String field, String subject, @Nullable String predicate, Reading reading) {
    List<MapNode> items = new ArrayList<>();
    switch (node) {
      case ListNode list -> {
        for (Node item : list.items()) {
          if (item instanceof MapNode map) {
            items.add(map);
          } else {
            reading.error(
                item.position(),
                "expected a map with \""
                    + subject
                    + "\" in \""
                    + field
                    + "\", found "
                    + item.describe()
                    + ".");
          }
        }
      }
      case MapNode map ->
          map.entries()
              .forEach(
                  (key, entry) -> addItem(items, key, entry, field, subject, predicate, reading));
      case ScalarNode scalar ->
          reading.error(
              scalar.position(),
              "expected a map or a list for \"" + field + "\", found " + scalar.describe() + ".");
    }
    return items;
  }

  private static void addItem(
      List<MapNode> items,
      String key,
      MapNode.Entry entry,
      String field,
      String subject,
      @Nullable String predicate,
      Reading reading) {
    Map<String, MapNode.Entry> fields = new LinkedHashMap<>();
    fields.put(
        subject,
        new MapNode.Entry(
            entry.keyPosition(), new ScalarNode(ScalarNode.Kind.STRING, key, entry.keyPosition())));
    if (entry.value() instanceof MapNode value) {
      value.entries().forEach((name, inner) -> fields.putIfAbsent(name, inner));
    } else if (predicate != null) {
      fields.put(predicate, new MapNode.Entry(entry.keyPosition(), entry.value()));
    } else {
      reading.error(
          entry.value().position(),
          "expected a map for \""
              + key
              + "\" in \""
              + field
              + "\", found "
              + entry.value().describe()
              + (entry.value().isNull() ? "; write {} if there is nothing to say." : "."));
      return;
    }
    items.add(new MapNode(fields, entry.keyPosition()));
  }
}
