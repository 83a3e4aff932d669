package io.twinflow.engine.server.results;

import io.twinflow.engine.core.artifact.Locations;
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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Follows a path into the outputs of a run. */
@Component
public final class FindOutput {

  private final OutputBytes bytes;

  FindOutput(OutputBytes bytes) {
    this.bytes = bytes;
  }

  /** What stands at the path; empty if there is nothing. */
  public Optional<Value> at(OutputPath path, RecordValue outputs) {
    Optional<Value> here = Optional.of(outputs);
    List<String> names = path.names();
    for (int i = 0; i < names.size() && here.isPresent(); i++) {
      Value value = here.get();
      if (value instanceof FileValue file) {
        if (!names.get(i).equals(OutputPath.SECONDARY) || i + 1 == names.size()) {
          return Optional.empty();
        }
        i++;
        here =
            item(
                file.secondaryFiles().stream().map(FileOrDirectory::asValue).toList(),
                names.get(i));
      } else {
        here = child(value, names.get(i));
      }
    }
    return here;
  }

  private Optional<Value> child(Value value, String name) {
    return switch (value) {
      case RecordValue record -> Optional.ofNullable(record.fields().get(name));
      case ListValue list -> item(list.items(), name);
      case DirectoryValue directory -> entry(directory, name);
      case FileValue _,
          NullValue _,
          BooleanValue _,
          IntegerValue _,
          DecimalValue _,
          StringValue _ ->
          Optional.empty();
    };
  }

  private static Optional<Value> item(List<Value> items, String index) {
    if (!index.matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    int i = Integer.parseInt(index);
    return i < items.size() ? Optional.of(items.get(i)) : Optional.empty();
  }

  /** Listed entries are known; others are looked for where the folder lies, never above it. */
  private Optional<Value> entry(DirectoryValue directory, String name) {
    List<FileOrDirectory> listing = directory.listing();
    if (listing != null) {
      Optional<Value> listed =
          listing.stream()
              .filter(entry -> name.equals(entry.basename()))
              .findFirst()
              .map(FileOrDirectory::asValue);
      if (listed.isPresent()) {
        return listed;
      }
    }
    Optional<FileOrDirectory> stored = bytes.child(directory, name);
    return stored.isPresent() ? stored.map(FileOrDirectory::asValue) : inFolder(directory, name);
  }

  private static Optional<Value> inFolder(DirectoryValue directory, String name) {
    String location = directory.location();
    Path folder = location == null ? null : Locations.path(location);
    if (folder == null || name.contains("/") || name.equals("..") || name.equals(".")) {
      return Optional.empty();
    }
    try {
      Path found = folder.resolve(name).toRealPath();
      if (!found.startsWith(folder.toRealPath())) {
        return Optional.empty();
      }
      String at = Locations.of(found);
      return Optional.of(
          Files.isDirectory(found)
              ? new DirectoryValue(at, null, name, null)
              : FileValue.at(at, name));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
