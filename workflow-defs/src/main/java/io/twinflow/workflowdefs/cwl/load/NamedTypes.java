package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of SchemaDefRequirement by their absolute names. */
final class NamedTypes {

  private final Map<String, MapNode> types = new LinkedHashMap<>();
  private final Documents documents;

  private NamedTypes(Documents documents) {
    this.documents = documents;
  }

  /** The types that a process defines, and those of the processes around it. */
  static NamedTypes of(MapNode process, Reading reading, @Nullable NamedTypes outer) {
    NamedTypes named = new NamedTypes(reading.documents());
    if (outer != null) {
      named.types.putAll(outer.types);
    }
    for (String field : List.of("requirements", "hints")) {
      Node list = process.get(field);
      if (list == null) {
        continue;
      }
      for (MapNode requirement :
          IdMaps.items(
              list,
              field,
              "class",
              null,
              new Reading(reading.documents(), new io.twinflow.workflowdefs.source.ProblemLog()))) {
        if ("SchemaDefRequirement".equals(requirement.string("class"))) {
          named.define(requirement, reading);
        }
      }
    }
    return named;
  }

  private void define(MapNode requirement, Reading reading) {
    Node list = requirement.get("types");
    if (list == null) {
      return;
    }
    for (MapNode type : IdMaps.items(list, "types", "name", "type", reading)) {
      String name = type.string("name");
      if (name == null) {
        reading.error(type.position(), "a type of SchemaDefRequirement needs a \"name\".");
      } else {
        types.put(absolute(name, nameOrigin(type)), type);
      }
    }
  }

  private static Position nameOrigin(MapNode type) {
    Node name = type.get("name");
    return name == null ? type.position() : name.position();
  }

  private String absolute(String name, Position position) {
    String base = documents.base(position);
    return name.contains("#") ? Iri.resolve(base, name) : base + "#" + name;
  }

  /** The type that a reference at a position means; null if there is none. */
  @Nullable MapNode find(String reference, Position position) {
    MapNode exact = types.get(absolute(reference, position));
    if (exact != null) {
      return exact;
    }
    if (reference.contains("#") && !reference.startsWith("#")) {
      return null;
    }
    String last = Names.last(reference);
    List<MapNode> sameName =
        types.entrySet().stream()
            .filter(entry -> Names.last(entry.getKey()).equals(last))
            .map(Map.Entry::getValue)
            .toList();
    return sameName.size() == 1 ? sameName.getFirst() : null;
  }

  List<String> names() {
    return types.keySet().stream().map(Names::last).toList();
  }
}
