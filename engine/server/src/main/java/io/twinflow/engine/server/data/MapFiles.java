package io.twinflow.engine.server.data;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives all files and folders in values other locations; literals have none and stay. */
record MapFiles(Move files, Move folders) {

  /** From a location to another. */
  @FunctionalInterface
  interface Move {
    String to(String location) throws IOException;
  }

  RecordValue in(RecordValue values) throws IOException {
    Map<String, Value> moved = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : values.fields().entrySet()) {
      moved.put(field.getKey(), in(field.getValue()));
    }
    return new RecordValue(moved);
  }

  private Value in(Value value) throws IOException {
    return switch (value) {
      case FileValue file -> moved(file).asValue();
      case DirectoryValue directory -> moved(directory).asValue();
      case RecordValue record -> in(record);
      case ListValue list -> {
        List<Value> moved = new ArrayList<>(list.items().size());
        for (Value item : list.items()) {
          moved.add(in(item));
        }
        yield new ListValue(moved);
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> value;
    };
  }

  private FileOrDirectory moved(FileOrDirectory file) throws IOException {
    return switch (file) {
      case FileValue f -> {
        String location = f.location();
        FileValue moved =
            location != null && isPlace(location) ? f.withLocation(files.to(location)) : f;
        yield moved.withSecondaryFiles(all(f.secondaryFiles()));
      }
      case DirectoryValue d -> {
        String location = d.location();
        DirectoryValue moved =
            location != null && isPlace(location) ? d.withLocation(folders.to(location)) : d;
        List<FileOrDirectory> listing = d.listing();
        yield listing == null ? moved : moved.withListing(all(listing));
      }
    };
  }

  private static boolean isPlace(String location) {
    return location.startsWith("file:");
  }

  private List<FileOrDirectory> all(List<FileOrDirectory> list) throws IOException {
    List<FileOrDirectory> moved = new ArrayList<>(list.size());
    for (FileOrDirectory entry : list) {
      moved.add(moved(entry));
    }
    return moved;
  }
}
