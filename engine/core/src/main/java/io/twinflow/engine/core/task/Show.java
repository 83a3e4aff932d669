package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Types and values in the words of messages. */
final class Show {

  private static final int LONGEST = 60;

  private Show() {}

  static String type(CwlType type) {
    return switch (type) {
      case CwlType.Primitive primitive -> primitive.cwlName();
      case CwlType.ArrayType array -> {
        String items = type(array.items());
        yield (items.contains(" ") ? "(" + items + ")" : items) + "[]";
      }
      case CwlType.RecordType record ->
          "record with the fields "
              + record.fields().stream()
                  .map(field -> field.name())
                  .collect(Collectors.joining(", "));
      case CwlType.EnumType symbols -> "one of " + String.join(", ", symbols.symbols());
      case CwlType.UnionType union -> union(union.alternatives());
    };
  }

  private static String union(List<CwlType> alternatives) {
    List<CwlType> rest =
        alternatives.stream().filter(type -> type != CwlType.Primitive.NULL).toList();
    if (rest.size() == 1 && alternatives.size() == 2) {
      String only = type(rest.getFirst());
      return only.contains(" ") ? only + " (optional)" : only + "?";
    }
    return alternatives.stream().map(Show::type).collect(Collectors.joining(" or "));
  }

  static String value(Value value) {
    return switch (value) {
      case NullValue n -> "null";
      case BooleanValue(boolean flag) -> "the boolean " + flag;
      case IntegerValue(long number) -> "the number " + number;
      case DecimalValue(BigDecimal number) -> "the number " + number;
      case StringValue(String text) -> "the string '" + shorten(text) + "'";
      case FileValue file -> "the File " + name(file);
      case DirectoryValue directory -> "the Directory " + name(directory);
      case ListValue(List<Value> items) -> "an array of " + items.size();
      case RecordValue(Map<String, Value> fields) ->
          "an object with the fields " + shorten(String.join(", ", fields.keySet()));
    };
  }

  static String name(FileOrDirectory file) {
    if (file.basename() != null) {
      return "'" + file.basename() + "'";
    }
    String known = file.location() == null ? file.path() : file.location();
    return known == null ? "literal without a basename" : "'" + known + "'";
  }

  static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
