package io.twinflow.workflowdefs.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks for the files and directories in values, also those inside others. */
public final class FilesIn {

  private FilesIn() {}

  /** Each file and directory; what it has inside follows it. */
  public static void forEach(@Nullable Value value, Consumer<FileOrDirectory> seen) {
    switch (value) {
      case FileValue file -> {
        seen.accept(file);
        file.secondaryFiles().forEach(secondary -> forEach(secondary.asValue(), seen));
      }
      case DirectoryValue directory -> {
        seen.accept(directory);
        List<FileOrDirectory> listing = directory.listing();
        if (listing != null) {
          listing.forEach(child -> forEach(child.asValue(), seen));
        }
      }
      case ListValue list -> list.items().forEach(item -> forEach(item, seen));
      case RecordValue record -> record.fields().values().forEach(field -> forEach(field, seen));
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> {}
      case null -> {}
    }
  }

  /** As {@link #forEach}, for who may fail over one of them. */
  public static List<FileOrDirectory> list(@Nullable Value value) {
    List<FileOrDirectory> found = new ArrayList<>();
    forEach(value, found::add);
    return found;
  }
}
