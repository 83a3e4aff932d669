package io.twinflow.workflowdefs.cwl.check;

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

/** Values in a few words, for messages. */
public final class ValueText {

  private static final int SHOWN = 60;

  private ValueText() {}

  public static String of(Value value) {
    return switch (value) {
      case NullValue _ -> "null";
      case BooleanValue bool -> "the boolean " + bool.value();
      case IntegerValue integer -> "the whole number " + integer.value();
      case DecimalValue decimal -> "the number " + decimal.value();
      case StringValue string -> "the string \"" + shortened(string.value()) + "\"";
      case FileValue file -> "a File" + (file.basename() == null ? "" : " " + file.basename());
      case DirectoryValue directory ->
          "a Directory" + (directory.basename() == null ? "" : " " + directory.basename());
      case ListValue list -> list.items().isEmpty() ? "an empty list" : "a list";
      case RecordValue record ->
          record.fields().isEmpty()
              ? "an empty record"
              : "a record with " + shortened(String.join(", ", record.fields().keySet()));
    };
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
  }
}
