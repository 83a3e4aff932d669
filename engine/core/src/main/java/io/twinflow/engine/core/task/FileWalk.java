package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
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
import org.jspecify.annotations.Nullable;

/** Changes the files and directories in a value. */
final class FileWalk {

  private FileWalk() {}

  /** What to do with one of them. */
  interface Change {
    FileOrDirectory apply(FileOrDirectory file) throws FailureException;
  }

  /** Changes each file and directory of the value, not those inside them. */
  static Value map(Value value, Change change) throws FailureException {
    return switch (value) {
      case FileValue file -> change.apply(file).asValue();
      case DirectoryValue directory -> change.apply(directory).asValue();
      case ListValue(List<Value> items) -> {
        List<Value> changed = new ArrayList<>(items.size());
        for (Value item : items) {
          changed.add(map(item, change));
        }
        yield new ListValue(changed);
      }
      case RecordValue record -> map(record, change);
      case NullValue n -> n;
      case BooleanValue b -> b;
      case IntegerValue i -> i;
      case DecimalValue d -> d;
      case StringValue s -> s;
    };
  }

  static RecordValue map(RecordValue record, Change change) throws FailureException {
    Map<String, Value> changed = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : record.fields().entrySet()) {
      changed.put(field.getKey(), map(field.getValue(), change));
    }
    return new RecordValue(changed);
  }

  static List<FileOrDirectory> map(List<FileOrDirectory> files, Change change)
      throws FailureException {
    List<FileOrDirectory> changed = new ArrayList<>(files.size());
    for (FileOrDirectory file : files) {
      changed.add(change.apply(file));
    }
    return changed;
  }

  static List<FileOrDirectory> listing(DirectoryValue directory) {
    List<FileOrDirectory> listing = directory.listing();
    return listing == null ? List.of() : listing;
  }

  /** As a file or directory, if it is one. */
  static @Nullable FileOrDirectory asFile(Value value) {
    return switch (value) {
      case FileValue file -> file;
      case DirectoryValue directory -> directory;
      case Value other -> null;
    };
  }

  /**
   * The basename, checked: a name that leads elsewhere is refused.
   *
   * @param what names the file for the message
   */
  static String safeName(String name, String what) throws FailureException {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw Faults.user(
          "file.name",
          "%s has the basename '%s'; a basename is one name without '/', not '.' or '..'"
              .formatted(what, name));
    }
    return name;
  }

  static FileOrDirectory withPath(FileOrDirectory file, @Nullable String path) {
    return switch (file) {
      case FileValue f -> f.withPath(path);
      case DirectoryValue d -> d.withPath(path);
    };
  }

  static FileOrDirectory withBasename(FileOrDirectory file, String basename) {
    return switch (file) {
      case FileValue f -> f.withBasename(basename);
      case DirectoryValue d -> d.withBasename(basename);
    };
  }
}
