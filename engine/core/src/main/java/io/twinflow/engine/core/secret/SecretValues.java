package io.twinflow.engine.core.secret;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.FilesIn;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for handles, and for the files in whose places secrets may lie. */
public final class SecretValues {

  private SecretValues() {}

  /** Whether a handle stands in a value, also in the contents of a literal. */
  public static boolean areIn(Value value) {
    return switch (value) {
      case StringValue(String text) -> Handle.isIn(text);
      case ListValue list -> list.items().stream().anyMatch(SecretValues::areIn);
      case RecordValue record -> record.fields().values().stream().anyMatch(SecretValues::areIn);
      case FileValue file ->
          (file.contents() != null && Handle.isIn(file.contents()))
              || file.secondaryFiles().stream().anyMatch(inner -> areIn(inner.asValue()));
      case DirectoryValue directory ->
          children(directory).stream().anyMatch(inner -> areIn(inner.asValue()));
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _ -> false;
    };
  }

  /**
   * With handles where a tool has given a secret back as a string of its outputs, or as what a
   * literal file holds.
   */
  public static RecordValue concealed(RecordValue outputs, Secrets secrets) {
    return secrets.isEmpty() ? outputs : (RecordValue) conceal(outputs, secrets);
  }

  private static Value conceal(Value value, Secrets secrets) {
    return switch (value) {
      case StringValue(String text) -> new StringValue(secrets.conceal(text));
      case ListValue list ->
          new ListValue(list.items().stream().map(item -> conceal(item, secrets)).toList());
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        record.fields().forEach((name, field) -> fields.put(name, conceal(field, secrets)));
        yield new RecordValue(fields);
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _ -> value;
      case FileOrDirectory file -> conceal(file, secrets).asValue();
    };
  }

  private static FileOrDirectory conceal(FileOrDirectory file, Secrets secrets) {
    return switch (file) {
      case FileValue f ->
          f.withContents(f.contents() == null ? null : secrets.conceal(f.contents()))
              .withSecondaryFiles(conceal(f.secondaryFiles(), secrets));
      case DirectoryValue d ->
          d.listing() == null ? d : d.withListing(conceal(d.listing(), secrets));
    };
  }

  private static List<FileOrDirectory> conceal(List<FileOrDirectory> files, Secrets secrets) {
    return files.stream().map(file -> conceal(file, secrets)).toList();
  }

  /** Of all files and folders in it. */
  public static List<String> locations(Value value) {
    List<String> found = new ArrayList<>();
    FilesIn.forEach(
        value,
        file -> {
          String location = file.location();
          if (location != null) {
            found.add(location);
          }
        });
    return found;
  }

  private static List<FileOrDirectory> children(DirectoryValue directory) {
    List<FileOrDirectory> listing = directory.listing();
    return listing == null ? List.of() : listing;
  }
}
