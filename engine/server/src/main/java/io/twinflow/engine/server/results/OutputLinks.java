package io.twinflow.engine.server.results;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Outputs as people outside see them: the location of each file is a URL of this server, not a
 * place on its disks.
 */
public final class OutputLinks {

  private final Function<OutputPath, String> url;

  /**
   * @param url of what stands at a path
   */
  public OutputLinks(Function<OutputPath, String> url) {
    this.url = url;
  }

  /** Whether it lies at a URL that everybody fetches it from: an input that was handed on. */
  public static boolean isElsewhere(FileValue file) {
    String location = file.location();
    return location != null && (location.startsWith("http://") || location.startsWith("https://"));
  }

  public RecordValue of(RecordValue outputs) {
    Map<String, Value> shown = new LinkedHashMap<>();
    outputs.fields().forEach((name, value) -> shown.put(name, of(value, OutputPath.of(name))));
    return new RecordValue(shown);
  }

  /** The value at a path. */
  public Value of(Value value, OutputPath path) {
    return switch (value) {
      case FileValue file -> file(file, path);
      case DirectoryValue directory -> directory(directory, path);
      case ListValue list -> list(list, path);
      case RecordValue record -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        record.fields().forEach((name, field) -> fields.put(name, of(field, path.child(name))));
        yield new RecordValue(fields);
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> value;
    };
  }

  private Value list(ListValue list, OutputPath path) {
    List<Value> items = new ArrayList<>(list.items().size());
    for (int i = 0; i < list.items().size(); i++) {
      items.add(of(list.items().get(i), path.child(i)));
    }
    return new ListValue(items);
  }

  private FileValue file(FileValue file, OutputPath path) {
    List<FileOrDirectory> secondary = new ArrayList<>();
    for (int i = 0; i < file.secondaryFiles().size(); i++) {
      secondary.add(any(file.secondaryFiles().get(i), path.child(OutputPath.SECONDARY).child(i)));
    }
    String location = isElsewhere(file) ? file.location() : url.apply(path);
    return file.withLocation(location).withPath(null).withSecondaryFiles(secondary);
  }

  private DirectoryValue directory(DirectoryValue directory, OutputPath path) {
    List<FileOrDirectory> listing = directory.listing();
    DirectoryValue shown = directory.withLocation(url.apply(path)).withPath(null);
    return listing == null
        ? shown
        : shown.withListing(
            listing.stream().map(entry -> any(entry, path.child(name(entry)))).toList());
  }

  static String name(FileOrDirectory entry) {
    String name = entry.basename();
    return name == null ? "" : name;
  }

  private FileOrDirectory any(FileOrDirectory entry, OutputPath path) {
    return switch (entry) {
      case FileValue file -> file(file, path);
      case DirectoryValue directory -> directory(directory, path);
    };
  }
}
