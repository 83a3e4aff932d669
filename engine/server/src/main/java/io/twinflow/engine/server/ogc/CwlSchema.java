package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.RecordField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** CWL types as JSON Schema, in the dialect of OpenAPI 3.0. */
final class CwlSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CwlSchema() {}

  static ObjectNode of(CwlType type, FileTraits traits) {
    return switch (type) {
      case CwlType.Primitive primitive -> primitive(primitive, traits);
      case CwlType.ArrayType array -> {
        ObjectNode schema = typed("array");
        schema.set("items", of(array.items(), traits));
        yield schema;
      }
      case CwlType.EnumType symbols -> {
        ObjectNode schema = typed("string");
        ArrayNode values = schema.putArray("enum");
        symbols.symbols().forEach(values::add);
        yield schema;
      }
      case CwlType.RecordType record ->
          BoundingBox.isOne(record) ? BoundingBox.described(record(record)) : record(record);
      case CwlType.UnionType union -> union(union, traits);
    };
  }

  static boolean isOptional(CwlType type) {
    return type == CwlType.Primitive.NULL
        || (type instanceof CwlType.UnionType union
            && union.alternatives().stream().anyMatch(CwlSchema::isOptional));
  }

  /** The type where a value is given. */
  static CwlType present(CwlType type) {
    if (!(type instanceof CwlType.UnionType union)) {
      return type;
    }
    List<CwlType> rest =
        union.alternatives().stream()
            .filter(alternative -> alternative != CwlType.Primitive.NULL)
            .toList();
    return rest.size() == 1 ? rest.getFirst() : new CwlType.UnionType(rest);
  }

  /** Media types that the formats name, in their order. */
  static List<String> mediaTypes(FileTraits traits) {
    return traits.formats().stream()
        .filter(format -> !format.needsEvaluation())
        .map(ExpressionText::text)
        .map(MediaTypes::ofFormat)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }

  private static ObjectNode primitive(CwlType.Primitive type, FileTraits traits) {
    return switch (type) {
      case NULL -> JSON.objectNode().put("nullable", true);
      case BOOLEAN -> typed("boolean");
      case INT -> typed("integer").put("format", "int32");
      case LONG -> typed("integer").put("format", "int64");
      case FLOAT -> typed("number").put("format", "float");
      case DOUBLE -> typed("number").put("format", "double");
      case STRING -> typed("string");
      case FILE -> file(traits);
      case DIRECTORY ->
          typed("string").put("format", "uri").put("contentMediaType", "application/directory");
      case ANY -> JSON.objectNode();
    };
  }

  private static ObjectNode file(FileTraits traits) {
    List<ObjectNode> forms = new ArrayList<>();
    List<String> types = mediaTypes(traits);
    for (String type : types.isEmpty() ? List.of("application/octet-stream") : types) {
      ObjectNode form = typed("string");
      if (!MediaTypes.isText(MediaType.parseMediaType(type))) {
        form.put("contentEncoding", "binary");
      }
      forms.add(form.put("contentMediaType", type));
    }
    return oneOf(forms);
  }

  private static ObjectNode oneOf(List<ObjectNode> forms) {
    if (forms.size() == 1) {
      return forms.getFirst();
    }
    ObjectNode schema = JSON.objectNode();
    ArrayNode all = schema.putArray("oneOf");
    forms.forEach(all::add);
    return schema;
  }

  private static ObjectNode union(CwlType.UnionType union, FileTraits traits) {
    CwlType present = present(union);
    ObjectNode schema =
        present instanceof CwlType.UnionType several
            ? oneOf(several.alternatives().stream().map(type -> of(type, traits)).toList())
            : of(present, traits);
    if (isOptional(union)) {
      schema.put("nullable", true);
    }
    return schema;
  }

  private static ObjectNode record(CwlType.RecordType record) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    List<String> required = new ArrayList<>();
    for (RecordField field : record.fields()) {
      ObjectNode described = of(field.type(), field.fileTraits());
      if (field.doc() != null) {
        described.put("description", field.doc());
      }
      properties.set(field.name(), described);
      if (!isOptional(field.type())) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    return schema;
  }
}
