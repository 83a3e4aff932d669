package io.twinflow.workflowdefs.value;

import java.util.Iterator;
import java.util.Map;

/** Indented JSON: one field or item per line, empty lists and objects on one. */
final class PrettyJson {

  private static final String INDENT = "    ";

  private PrettyJson() {}

  static void append(Value value, StringBuilder out) {
    append(value, 0, out);
  }

  private static void append(Value value, int depth, StringBuilder out) {
    switch (value) {
      case RecordValue record -> record(record, depth, out);
      case FileValue file -> record(FileFields.of(file), depth, out);
      case DirectoryValue directory -> record(FileFields.of(directory), depth, out);
      case ListValue list -> list(list, depth, out);
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ ->
          out.append(ValueJson.write(value));
    }
  }

  private static void list(ListValue list, int depth, StringBuilder out) {
    if (list.items().isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    Iterator<Value> items = list.items().iterator();
    while (items.hasNext()) {
      newLine(depth + 1, out);
      append(items.next(), depth + 1, out);
      if (items.hasNext()) {
        out.append(',');
      }
    }
    newLine(depth, out);
    out.append(']');
  }

  private static void record(RecordValue record, int depth, StringBuilder out) {
    if (record.fields().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    Iterator<Map.Entry<String, Value>> fields = record.fields().entrySet().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, Value> field = fields.next();
      newLine(depth + 1, out);
      out.append(ValueJson.write(new StringValue(field.getKey()))).append(": ");
      append(field.getValue(), depth + 1, out);
      if (fields.hasNext()) {
        out.append(',');
      }
    }
    newLine(depth, out);
    out.append('}');
  }

  private static void newLine(int depth, StringBuilder out) {
    out.append('\n');
    out.append(INDENT.repeat(depth));
  }
}
