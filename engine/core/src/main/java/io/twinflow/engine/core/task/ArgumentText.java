package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CommandLineBinding;
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
import io.twinflow.workflowdefs.value.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that one binding makes of its value. CommandLineTool v1.2, "CommandLineBinding".
 */
final class ArgumentText {

  private ArgumentText() {}

  static List<String> of(CommandLineBinding binding, Value value) throws FailureException {
    String prefix = binding.prefix();
    return switch (value) {
      case NullValue n -> List.of();
      case BooleanValue(boolean flag) -> flag && prefix != null ? List.of(prefix) : List.of();
      case RecordValue record -> prefix == null ? List.of() : List.of(prefix);
      case ListValue(List<Value> items) -> list(binding, items);
      case IntegerValue i -> joined(binding, text(i));
      case DecimalValue d -> joined(binding, text(d));
      case StringValue s -> joined(binding, text(s));
      case FileValue f -> joined(binding, text(f));
      case DirectoryValue d -> joined(binding, text(d));
    };
  }

  private static List<String> list(CommandLineBinding binding, List<Value> items)
      throws FailureException {
    if (items.isEmpty()) {
      return List.of();
    }
    String separator = binding.itemSeparator();
    List<String> texts = new ArrayList<>();
    if (separator != null) {
      for (Value item : items) {
        texts.add(text(item));
      }
      return joined(binding, String.join(separator, texts));
    }
    if (binding.prefix() != null) {
      texts.add(binding.prefix());
    }
    if (binding.valueFrom() != null) {
      for (Value item : items) {
        if (item != NullValue.NULL) {
          texts.add(text(item));
        }
      }
    }
    return texts;
  }

  private static List<String> joined(CommandLineBinding binding, String text) {
    String prefix = binding.prefix();
    if (prefix == null) {
      return List.of(text);
    }
    return binding.separate() ? List.of(prefix, text) : List.of(prefix + text);
  }

  /** A number never has an exponent. */
  static String text(Value value) throws FailureException {
    return switch (value) {
      case NullValue n -> "null";
      case BooleanValue(boolean flag) -> Boolean.toString(flag);
      case IntegerValue(long number) -> Long.toString(number);
      case DecimalValue(BigDecimal number) -> number.toPlainString();
      case StringValue(String text) -> text;
      case FileValue file -> path(file, file.path());
      case DirectoryValue directory -> path(directory, directory.path());
      case ListValue list -> ValueJson.write(list);
      case RecordValue record -> ValueJson.write(record);
    };
  }

  private static String path(FileOrDirectory file, @Nullable String path) throws FailureException {
    if (path == null) {
      throw Faults.user(
          "command.path",
          "%s stands on the command line but is no input of the tool, so it has no path; pass it as an input or stage it with InitialWorkDirRequirement"
              .formatted(Show.name(file)));
    }
    return path;
  }
}
