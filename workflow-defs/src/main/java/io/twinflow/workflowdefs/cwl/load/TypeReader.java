package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of parameters and fields, with the shorthand of SALAD ("Domain Specific Language"). */
final class TypeReader {

  private static final Map<String, Primitive> PRIMITIVES =
      Stream.of(Primitive.values()).collect(Collectors.toMap(Primitive::cwlName, p -> p));

  private final Reading reading;
  private final ParameterParts parts;
  private final NamedTypes named;
  private final Set<String> open = new HashSet<>();

  TypeReader(Reading reading, ParameterParts parts, NamedTypes named) {
    this.reading = reading;
    this.parts = parts;
    this.named = named;
  }

  CwlType read(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case ListNode list -> union(list);
      case MapNode map -> structured(map);
    };
  }

  private CwlType union(ListNode list) {
    Set<CwlType> alternatives = new LinkedHashSet<>();
    for (Node item : list.items()) {
      add(alternatives, read(item));
    }
    if (alternatives.isEmpty()) {
      reading.error(list.position(), "expected at least one type in this list.");
      return Primitive.ANY;
    }
    return alternatives.size() == 1
        ? alternatives.iterator().next()
        : new CwlType.UnionType(List.copyOf(alternatives));
  }

  private static void add(Set<CwlType> alternatives, CwlType type) {
    if (type instanceof CwlType.UnionType union) {
      alternatives.addAll(union.alternatives());
    } else {
      alternatives.add(type);
    }
  }

  private CwlType scalar(ScalarNode scalar) {
    if (scalar.kind() == ScalarNode.Kind.NULL) {
      return Primitive.NULL;
    }
    return shorthand(scalar.text(), scalar);
  }

  private CwlType shorthand(String text, ScalarNode scalar) {
    if (text.endsWith("?")) {
      Set<CwlType> alternatives = new LinkedHashSet<>(List.of(Primitive.NULL));
      add(alternatives, shorthand(text.substring(0, text.length() - 1), scalar));
      return alternatives.size() == 1
          ? Primitive.NULL
          : new CwlType.UnionType(List.copyOf(alternatives));
    }
    if (text.endsWith("[]")) {
      return new CwlType.ArrayType(
          shorthand(text.substring(0, text.length() - 2), scalar), null, null);
    }
    Primitive primitive = PRIMITIVES.get(text);
    return primitive != null ? primitive : reference(text, scalar);
  }

  private CwlType reference(String name, ScalarNode scalar) {
    MapNode schema = named.find(name, scalar.position());
    if (schema == null) {
      List<String> names =
          Stream.concat(PRIMITIVES.keySet().stream(), named.names().stream()).toList();
      reading.error(
          scalar.position(),
          "unknown type \""
              + name
              + "\"; expected null, boolean, int, long, float, double, string, File, Directory, Any,"
              + " or a type of SchemaDefRequirement."
              + NearestName.hint(name, names));
      return Primitive.ANY;
    }
    if (!open.add(schema.position().toString())) {
      reading.error(
          scalar.position(), "the type \"" + name + "\" contains itself, which CWL does not have.");
      return Primitive.ANY;
    }
    try {
      return structured(schema);
    } finally {
      open.remove(schema.position().toString());
    }
  }

  private CwlType structured(MapNode map) {
    Node kind = map.get("type");
    String text = map.string("type");
    if (text == null) {
      reading.error(
          kind == null ? map.position() : kind.position(),
          "expected \"type: array\", \"type: record\" or \"type: enum\" in a type that is a map"
              + (kind == null ? "." : ", found " + kind.describe() + "."));
      return Primitive.ANY;
    }
    return switch (Names.last(text)) {
      case "array" -> array(map);
      case "record" -> record(map);
      case "enum" -> enumeration(map);
      default -> {
        reading.error(
            position(map, "type"),
            "expected array, record or enum as the type of a type that is a map, found \""
                + text
                + "\"."
                + NearestName.hint(text, List.of("array", "record", "enum")));
        yield Primitive.ANY;
      }
    };
  }

  private static Position position(MapNode map, String field) {
    Node node = map.get(field);
    return node == null ? map.position() : node.position();
  }

  private CwlType array(MapNode map) {
    Fields fields = common(map, "array type");
    Node items = fields.required("items");
    CwlType itemType = items == null ? Primitive.ANY : read(items);
    CwlType.ArrayType type =
        new CwlType.ArrayType(itemType, fields.string("name"), parts.schemaBinding(fields));
    fields.done();
    return type;
  }

  private CwlType enumeration(MapNode map) {
    Fields fields = common(map, "enum type");
    fields.required("symbols");
    CwlType.EnumType type =
        new CwlType.EnumType(
            fields.string("name"),
            fields.strings("symbols").stream().map(Names::symbol).toList(),
            parts.schemaBinding(fields));
    fields.done();
    return type;
  }

  private CwlType record(MapNode map) {
    Fields fields = common(map, "record type");
    List<io.twinflow.workflowdefs.cwl.RecordField> recordFields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MapNode field : fields.items("fields", "name", "type")) {
      var recordField = parts.recordField(field, this);
      if (!names.add(recordField.name())) {
        reading.error(
            field.position(), "the field \"" + recordField.name() + "\" stands twice in a record.");
      }
      recordFields.add(recordField);
    }
    CwlType.RecordType type =
        new CwlType.RecordType(fields.string("name"), recordFields, parts.schemaBinding(fields));
    fields.done();
    return type;
  }

  private Fields common(MapNode map, String what) {
    return new Fields(map, what, reading).ignore("type", "label", "doc", "name", "id");
  }
}
