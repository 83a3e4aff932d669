package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.source.NearestName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether values have a type. CWL v1.2, "Data concepts". */
public final class ValueTypes {

  /**
   * @param path from the value to what is wrong: field names and indexes
   * @param message what was expected and found
   */
  public record Mismatch(List<Object> path, String message) {
    public Mismatch {
      path = List.copyOf(path);
    }

    /** The message with its end: a full stop, unless it ends by asking. */
    public String sentence() {
      return message.endsWith("?") ? message : message + ".";
    }

    /** As in {@code samples[2].reads}; empty for the value itself. */
    public String pathText() {
      StringBuilder text = new StringBuilder();
      for (Object part : path) {
        text.append(part instanceof Integer ? "[" + part + "]" : "." + part);
      }
      return text.toString();
    }
  }

  private ValueTypes() {}

  public static boolean matches(Value value, CwlType type) {
    return mismatch(value, type).isEmpty();
  }

  /** The first thing about the value that the type does not allow. */
  public static Optional<Mismatch> mismatch(Value value, CwlType type) {
    return Optional.ofNullable(find(value, type, new ArrayList<>()));
  }

  private static @org.jspecify.annotations.Nullable Mismatch find(
      Value value, CwlType type, List<Object> path) {
    return switch (type) {
      case CwlType.Primitive primitive ->
          isPrimitive(value, primitive) ? null : plain(value, type, path);
      case CwlType.EnumType symbols -> symbol(value, symbols, path);
      case CwlType.ArrayType array -> array(value, array, path);
      case CwlType.RecordType record -> record(value, record, path);
      case CwlType.UnionType union -> union(value, union, path);
    };
  }

  private static boolean isPrimitive(Value value, CwlType.Primitive type) {
    return switch (type) {
      case NULL -> value == NullValue.NULL;
      case BOOLEAN -> value instanceof BooleanValue;
      case INT -> value instanceof IntegerValue(long number) && number == (int) number;
      case LONG -> value instanceof IntegerValue;
      case FLOAT, DOUBLE -> value instanceof IntegerValue || value instanceof DecimalValue;
      case STRING -> value instanceof StringValue;
      case FILE -> value instanceof FileValue;
      case DIRECTORY -> value instanceof DirectoryValue;
      case ANY -> value != NullValue.NULL;
    };
  }

  private static Mismatch plain(Value value, CwlType type, List<Object> path) {
    String hint = "";
    if (type == CwlType.Primitive.INT && value instanceof IntegerValue) {
      hint = ", which needs more than 32 bits; the type long has 64";
    } else if (type == CwlType.Primitive.STRING
        && (value instanceof IntegerValue || value instanceof DecimalValue)) {
      hint = "; put it in quotes";
    } else if (type == CwlType.Primitive.FILE && value instanceof StringValue) {
      hint = "; write {class: File, path: …}";
    } else if (type == CwlType.Primitive.DIRECTORY && value instanceof StringValue) {
      hint = "; write {class: Directory, path: …}";
    }
    return new Mismatch(
        path, "expected " + TypeText.of(type) + ", found " + ValueText.of(value) + hint);
  }

  private static @org.jspecify.annotations.Nullable Mismatch symbol(
      Value value, CwlType.EnumType type, List<Object> path) {
    if (value instanceof StringValue(String symbol)) {
      return type.symbols().contains(symbol)
          ? null
          : new Mismatch(
              path,
              "expected one of "
                  + String.join(", ", type.symbols())
                  + ", found \""
                  + symbol
                  + "\""
                  + NearestName.of(symbol, type.symbols())
                      .map(near -> "; did you mean \"" + near + "\"?")
                      .orElse(""));
    }
    return plain(value, type, path);
  }

  private static @org.jspecify.annotations.Nullable Mismatch array(
      Value value, CwlType.ArrayType type, List<Object> path) {
    if (!(value instanceof ListValue list)) {
      return plain(value, type, path);
    }
    for (int i = 0; i < list.items().size(); i++) {
      path.add(i);
      Mismatch mismatch = find(list.items().get(i), type.items(), path);
      if (mismatch != null) {
        return mismatch;
      }
      path.removeLast();
    }
    return null;
  }

  private static @org.jspecify.annotations.Nullable Mismatch record(
      Value value, CwlType.RecordType type, List<Object> path) {
    if (!(value instanceof RecordValue record)) {
      return plain(value, type, path);
    }
    for (RecordField field : type.fields()) {
      path.add(field.name());
      Value fieldValue = record.get(field.name());
      Mismatch mismatch = find(fieldValue, field.type(), path);
      if (mismatch != null) {
        return record.fields().containsKey(field.name())
            ? mismatch
            : missingField(record, type, field, path);
      }
      path.removeLast();
    }
    return null;
  }

  private static Mismatch missingField(
      RecordValue record, CwlType.RecordType type, RecordField field, List<Object> path) {
    List<String> declared = type.fields().stream().map(RecordField::name).toList();
    List<String> unknown =
        record.fields().keySet().stream().filter(name -> !declared.contains(name)).toList();
    return new Mismatch(
        List.copyOf(path.subList(0, path.size() - 1)),
        "the field \""
            + field.name()
            + "\" ("
            + TypeText.of(field.type())
            + ") is missing"
            + NearestName.of(field.name(), unknown)
                .map(near -> "; did you mean it by \"" + near + "\"?")
                .orElse(""));
  }

  private static @org.jspecify.annotations.Nullable Mismatch union(
      Value value, CwlType.UnionType type, List<Object> path) {
    Mismatch deepest = null;
    for (CwlType alternative : type.alternatives()) {
      Mismatch mismatch = find(value, alternative, new ArrayList<>(path));
      if (mismatch == null) {
        return null;
      }
      if (deepest == null || mismatch.path().size() > deepest.path().size()) {
        deepest = mismatch;
      }
    }
    List<CwlType> others =
        type.alternatives().stream().filter(t -> t != CwlType.Primitive.NULL).toList();
    if (deepest != null && (deepest.path().size() > path.size() || others.size() == 1)) {
      return others.size() == 1 ? find(value, others.getFirst(), new ArrayList<>(path)) : deepest;
    }
    return plain(value, type, path);
  }
}
