package io.twinflow.workflowdefs.expression;

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
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as text within a larger text (CWL v1.2, "Parameter references"): a string is its
 * characters, anything else is JSON with sorted keys. Separators are {@code ", "} and {@code ": "},
 * which tools that read such text from other runners have met before.
 */
final class JsonText {

  /** Beyond so many zeros a plain number is longer than it is readable. */
  private static final int LONGEST_PLAIN_NUMBER = 400;

  private JsonText() {}

  /** What an expression within text is replaced by. */
  static String interpolated(Value value) {
    if (value instanceof StringValue string) {
      return string.value();
    }
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case NullValue ignored -> out.append("null");
      case BooleanValue bool -> out.append(bool.value());
      case IntegerValue integer -> out.append(integer.value());
      case DecimalValue decimal -> out.append(number(decimal.value()));
      case StringValue string -> quote(string.value(), out);
      case FileValue file -> writeObject(FileFields.of(file), out);
      case DirectoryValue directory -> writeObject(FileFields.of(directory), out);
      case ListValue list -> {
        out.append('[');
        String separator = "";
        for (Value item : list.items()) {
          out.append(separator);
          write(item, out);
          separator = ", ";
        }
        out.append(']');
      }
      case RecordValue object -> writeObject(object.fields(), out);
    }
  }

  private static void writeObject(Map<String, Value> fields, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Value> field : new TreeMap<>(fields).entrySet()) {
      out.append(separator);
      quote(field.getKey(), out);
      out.append(": ");
      write(field.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  private static String number(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LONGEST_PLAIN_NUMBER
        ? number.toPlainString()
        : number.toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
