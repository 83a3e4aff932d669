package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a value is of a type. CWL v1.2, "CWLType". */
final class TypeCheck {

  private TypeCheck() {}

  static boolean matches(CwlType type, Value value) {
    return mismatch(type, value, "") == null;
  }

  /** The alternative of a union that the value is of, all the way down; the type itself if none. */
  static CwlType alternative(CwlType type, Value value) {
    CwlType found = type;
    while (found instanceof CwlType.UnionType(List<CwlType> alternatives)) {
      CwlType fitting = null;
      for (CwlType alternative : alternatives) {
        if (fitting == null && matches(alternative, value)) {
          fitting = alternative;
        }
      }
      if (fitting == null) {
        return found;
      }
      found = fitting;
    }
    return found;
  }

  /**
   * What is wrong, in a sentence; null if nothing is.
   *
   * @param where names the value for the message
   */
  static @Nullable String mismatch(CwlType type, Value value, String where) {
    return switch (type) {
      case CwlType.Primitive primitive ->
          isPrimitive(primitive, value) ? null : sentence(type, value, where);
      case CwlType.EnumType symbols ->
          value instanceof StringValue(String text) && symbols.symbols().contains(text)
              ? null
              : sentence(type, value, where);
      case CwlType.UnionType(List<CwlType> alternatives) -> union(alternatives, type, value, where);
      case CwlType.ArrayType array -> array(array, value, where);
      case CwlType.RecordType record -> record(record, value, where);
    };
  }

  private static @Nullable String union(
      List<CwlType> alternatives, CwlType type, Value value, String where) {
    String nearest = null;
    for (CwlType alternative : alternatives) {
      String wrong = mismatch(alternative, value, where);
      if (wrong == null) {
        return null;
      }
      boolean sameShape =
          (alternative instanceof CwlType.ArrayType && value instanceof ListValue)
              || (alternative instanceof CwlType.RecordType && value instanceof RecordValue);
      nearest = sameShape && nearest == null ? wrong : nearest;
    }
    return nearest == null ? sentence(type, value, where) : nearest;
  }

  private static @Nullable String array(CwlType.ArrayType array, Value value, String where) {
    if (!(value instanceof ListValue(List<Value> items))) {
      return sentence(array, value, where);
    }
    for (int i = 0; i < items.size(); i++) {
      String wrong = mismatch(array.items(), items.get(i), where);
      if (wrong != null) {
        return mismatch(array.items(), items.get(i), where + "[" + i + "]");
      }
    }
    return null;
  }

  private static @Nullable String record(CwlType.RecordType record, Value value, String where) {
    if (!(value instanceof RecordValue fields)) {
      return sentence(record, value, where);
    }
    for (RecordField field : record.fields()) {
      String wrong = mismatch(field.type(), fields.get(field.name()), where + "." + field.name());
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private static String sentence(CwlType type, Value value, String where) {
    return "%s must be %s, found %s".formatted(where, Show.type(type), Show.value(value));
  }

  private static boolean isPrimitive(CwlType.Primitive type, Value value) {
    return switch (type) {
      case NULL -> value == NullValue.NULL;
      case BOOLEAN -> value instanceof BooleanValue;
      case INT ->
          value instanceof IntegerValue(long number)
              && number >= Integer.MIN_VALUE
              && number <= Integer.MAX_VALUE;
      case LONG -> value instanceof IntegerValue;
      case FLOAT, DOUBLE -> value instanceof IntegerValue || value instanceof DecimalValue;
      case STRING -> value instanceof StringValue;
      case FILE -> value instanceof FileValue;
      case DIRECTORY -> value instanceof DirectoryValue;
      case ANY -> value != NullValue.NULL;
    };
  }
}
