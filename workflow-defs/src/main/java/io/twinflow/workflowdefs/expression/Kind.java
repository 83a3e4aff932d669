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

/** The kind of a value, in words. */
final class Kind {

  private Kind() {}

  static String of(Value value) {
    return switch (value) {
      case NullValue ignored -> "null";
      case BooleanValue ignored -> "a boolean";
      case IntegerValue ignored -> "a number";
      case DecimalValue ignored -> "a number";
      case StringValue ignored -> "a string";
      case FileValue ignored -> "a File";
      case DirectoryValue ignored -> "a Directory";
      case ListValue ignored -> "an array";
      case RecordValue ignored -> "an object";
    };
  }
}
