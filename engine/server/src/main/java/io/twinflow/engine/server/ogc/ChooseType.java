package io.twinflow.engine.server.ogc;

import io.twinflow.workflowdefs.cwl.CwlType;
import tools.jackson.databind.JsonNode;

/** Which of several types a value was meant for. */
final class ChooseType {

  private ChooseType() {}

  /** The first that fits; else the first that is not null, whose check will tell what is wrong. */
  static CwlType of(CwlType.UnionType union, JsonNode node) {
    CwlType fallback = CwlType.Primitive.NULL;
    for (CwlType type : union.alternatives()) {
      if (fits(type, node, union)) {
        return type;
      }
      if (fallback == CwlType.Primitive.NULL) {
        fallback = type;
      }
    }
    return fallback;
  }

  private static boolean fits(CwlType type, JsonNode node, CwlType.UnionType union) {
    JsonNode value = Qualified.unwrapped(node);
    return switch (type) {
      case CwlType.ArrayType _ -> value.isArray();
      case CwlType.RecordType _ -> value.isObject() && !Qualified.isReference(node);
      case CwlType.EnumType symbols ->
          value.isString() && symbols.symbols().contains(value.stringValue());
      case CwlType.UnionType inner ->
          inner.alternatives().stream().anyMatch(one -> fits(one, node, inner));
      case CwlType.Primitive primitive ->
          switch (primitive) {
            case NULL -> false;
            case BOOLEAN -> value.isBoolean();
            case INT, LONG -> value.isIntegralNumber();
            case FLOAT, DOUBLE -> value.isNumber();
            case STRING -> value.isString() && Qualified.mediaType(node).isEmpty();
            case FILE -> isFile(node, value, union);
            case DIRECTORY -> value.path("class").asString("").equals("Directory");
            case ANY -> true;
          };
    };
  }

  private static boolean isFile(JsonNode node, JsonNode value, CwlType.UnionType union) {
    boolean textIsFile = !union.alternatives().contains(CwlType.Primitive.STRING);
    return Qualified.isReference(node)
        || !Qualified.mediaType(node).isEmpty()
        || value.path("class").asString("").equals("File")
        || (value.isString() && textIsFile);
  }
}
