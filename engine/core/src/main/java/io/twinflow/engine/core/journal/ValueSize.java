package io.twinflow.engine.core.journal;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upper bound of a value's JSON size, so that small values are not written twice. */
final class ValueSize {

  /** A character becomes at most six bytes ({@code \\u0000}). */
  private static final int WORST = 6;

  private final long limit;
  private long sum;

  private ValueSize(long limit) {
    this.limit = limit;
  }

  static boolean isSurelyBelow(Value value, int bytes) {
    ValueSize size = new ValueSize(bytes);
    size.add(value);
    return size.sum < bytes;
  }

  private void add(Value value) {
    if (sum > limit) {
      return;
    }
    switch (value) {
      case NullValue _ -> sum += 5;
      case BooleanValue _ -> sum += 6;
      case IntegerValue _ -> sum += 21;
      case DecimalValue decimal -> sum += decimal.value().precision() + 16L;
      case StringValue string -> text(string.value());
      case FileValue file -> {
        sum += 160;
        text(file.location());
        text(file.path());
        text(file.basename());
        text(file.checksum());
        text(file.format());
        text(file.contents());
        addAll(file.secondaryFiles());
      }
      case DirectoryValue directory -> {
        sum += 120;
        text(directory.location());
        text(directory.path());
        text(directory.basename());
        addAll(directory.listing());
      }
      case ListValue list -> {
        for (Value item : list.items()) {
          if (sum > limit) {
            return;
          }
          add(item);
        }
      }
      case RecordValue record -> {
        for (Map.Entry<String, Value> field : record.fields().entrySet()) {
          text(field.getKey());
          add(field.getValue());
        }
      }
    }
  }

  private void addAll(@Nullable List<FileOrDirectory> entries) {
    if (entries != null) {
      entries.forEach(entry -> add(entry.asValue()));
    }
  }

  private void text(@Nullable String text) {
    sum += text == null ? 0 : (long) text.length() * WORST + 4;
  }
}
