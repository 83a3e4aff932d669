package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories as the objects that expressions see (CWL v1.2, "File" and "Directory"). A
 * field that is not known is absent, as in the reference runner.
 */
final class FileFields {

  private FileFields() {}

  static Map<String, Value> of(FileOrDirectory item) {
    return switch (item) {
      case FileValue file -> ofFile(file);
      case DirectoryValue directory -> ofDirectory(directory);
    };
  }

  private static Map<String, Value> ofFile(FileValue file) {
    Map<String, Value> fields = new LinkedHashMap<>(16);
    fields.put("class", new StringValue("File"));
    put(fields, "location", file.location());
    put(fields, "path", file.path());
    put(fields, "basename", file.basename());
    put(fields, "dirname", dirname(file.path()));
    put(fields, "nameroot", file.nameroot());
    put(fields, "nameext", file.nameext());
    put(fields, "checksum", file.checksum());
    if (file.size() != null) {
      fields.put("size", new IntegerValue(file.size()));
    }
    put(fields, "format", file.format());
    put(fields, "contents", file.contents());
    if (!file.secondaryFiles().isEmpty()) {
      fields.put("secondaryFiles", list(file.secondaryFiles()));
    }
    return fields;
  }

  private static Map<String, Value> ofDirectory(DirectoryValue directory) {
    Map<String, Value> fields = new LinkedHashMap<>(8);
    fields.put("class", new StringValue("Directory"));
    put(fields, "location", directory.location());
    put(fields, "path", directory.path());
    put(fields, "basename", directory.basename());
    if (directory.listing() != null) {
      fields.put("listing", list(directory.listing()));
    }
    return fields;
  }

  private static ListValue list(List<FileOrDirectory> items) {
    return new ListValue(items.stream().map(FileOrDirectory::asValue).toList());
  }

  private static void put(Map<String, Value> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, new StringValue(value));
    }
  }

  private static @Nullable String dirname(@Nullable String path) {
    if (path == null) {
      return null;
    }
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : slash < 0 ? "" : path.substring(0, slash);
  }
}
