package io.twinflow.engine.server.ogc;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record with the field {@code bbox}, and maybe {@code crs}, is what the standard calls a
 * bounding box: the only object that is a value without being wrapped (Part 1, schema "bbox").
 */
final class BoundingBox {

  private static final Set<String> FIELDS = Set.of("bbox", "crs");
  private static final String FORMAT = "ogc-bbox";

  private BoundingBox() {}

  static boolean isOne(RecordValue value) {
    return value.get("bbox") instanceof ListValue && FIELDS.containsAll(value.fields().keySet());
  }

  static boolean isOne(CwlType.RecordType type) {
    Set<String> names = type.fields().stream().map(RecordField::name).collect(Collectors.toSet());
    return FIELDS.containsAll(names)
        && type.fields().stream()
            .anyMatch(
                field -> field.name().equals("bbox") && field.type() instanceof CwlType.ArrayType);
  }

  /** The schema of the record with the format that tells clients what it is. */
  static ObjectNode described(ObjectNode record) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ObjectNode format = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    schema.putArray("allOf").addAll(List.of(format, record));
    return schema;
  }
}
