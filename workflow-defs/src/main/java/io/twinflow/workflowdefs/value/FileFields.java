package io.twinflow.workflowdefs.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A File or Directory as the object CWL defines for it, and back. */
public final class FileFields {

  private FileFields() {}

  /** With {@code nameroot}, {@code nameext} and {@code dirname} where a tool sees the file. */
  public static RecordValue of(FileValue file) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("class", new StringValue("File"));
    common(file, fields);
    if (file.path() != null) {
      put(fields, "dirname", dirname(file.path()));
      put(fields, "nameroot", file.nameroot());
      put(fields, "nameext", file.nameext());
    }
    put(fields, "checksum", file.checksum());
    if (file.size() != null) {
      fields.put("size", new IntegerValue(file.size()));
    }
    put(fields, "format", file.format());
    put(fields, "contents", file.contents());
    if (!file.secondaryFiles().isEmpty()) {
      fields.put("secondaryFiles", list(file.secondaryFiles()));
    }
    return new RecordValue(fields);
  }

  public static RecordValue of(DirectoryValue directory) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("class", new StringValue("Directory"));
    common(directory, fields);
    if (directory.listing() != null) {
      fields.put("listing", list(directory.listing()));
    }
    return new RecordValue(fields);
  }

  /** The value itself, or the File or Directory that a record with that {@code class} describes. */
  public static Value from(RecordValue record) {
    if (!(record.get("class") instanceof StringValue(String kind))) {
      return record;
    }
    return switch (kind) {
      case "File" -> file(record);
      case "Directory" -> directory(record);
      default -> record;
    };
  }

  private static FileValue file(RecordValue record) {
    return new FileValue(
        string(record, "location"),
        string(record, "path"),
        string(record, "basename"),
        string(record, "checksum"),
        record.get("size") instanceof IntegerValue size ? (Long) size.value() : null,
        items(record.get("secondaryFiles")),
        string(record, "format"),
        string(record, "contents"));
  }

  private static DirectoryValue directory(RecordValue record) {
    return new DirectoryValue(
        string(record, "location"),
        string(record, "path"),
        string(record, "basename"),
        record.get("listing") instanceof ListValue listing ? items(listing) : null);
  }

  private static List<FileOrDirectory> items(Value value) {
    List<FileOrDirectory> items = new ArrayList<>();
    if (value instanceof ListValue list) {
      for (Value item : list.items()) {
        if (item instanceof FileOrDirectory file) {
          items.add(file);
        }
      }
    }
    return items;
  }

  private static ListValue list(List<FileOrDirectory> files) {
    return new ListValue(files.stream().map(FileOrDirectory::asValue).toList());
  }

  private static void common(FileOrDirectory file, Map<String, Value> fields) {
    put(fields, "location", file.location());
    put(fields, "path", file.path());
    put(fields, "basename", file.basename());
  }

  private static void put(Map<String, Value> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, new StringValue(value));
    }
  }

  private static @Nullable String string(RecordValue record, String field) {
    return record.get(field) instanceof StringValue(String value) ? value : null;
  }

  private static String dirname(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }
}
