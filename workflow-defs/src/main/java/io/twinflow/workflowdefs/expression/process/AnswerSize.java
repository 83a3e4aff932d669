package io.twinflow.workflowdefs.expression.process;

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

/**
 * How much an expression may return: the process that asked has one heap for all runs, and a list
 * of nothings takes more room there than in JSON.
 */
final class AnswerSize {

  static final int MOST_VALUES = 1_000_000;
  static final int MOST_CHARACTERS = 16 << 20;

  private int values;

  private AnswerSize() {}

  static boolean hasTooMany(Value value) {
    AnswerSize size = new AnswerSize();
    size.add(value);
    return size.values > MOST_VALUES;
  }

  private void add(Value value) {
    values++;
    if (values > MOST_VALUES) {
      return;
    }
    switch (value) {
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> {}
      case FileValue file -> file.secondaryFiles().forEach(item -> add(item.asValue()));
      case DirectoryValue directory -> {
        var listing = directory.listing();
        if (listing != null) {
          listing.forEach(item -> add(item.asValue()));
        }
      }
      case ListValue list -> list.items().forEach(this::add);
      case RecordValue object -> object.fields().values().forEach(this::add);
    }
  }
}
