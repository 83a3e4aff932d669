package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.artifact.Artifacts;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value as text in which files stand for their content: name, digest, secondary files and format,
 * and neither place nor time.
 */
final class ContentText {

  private final Artifacts artifacts;

  ContentText(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * @throws IOException if a file cannot be read
   */
  String of(Value value) throws IOException {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private void append(Value value, StringBuilder text) throws IOException {
    switch (value) {
      case NullValue _ -> text.append("null");
      case BooleanValue bool -> text.append(bool.value());
      case IntegerValue integer -> text.append(integer.value());
      case DecimalValue decimal -> text.append(decimal.value());
      case StringValue string -> quote(string.value(), text);
      case ListValue list -> {
        text.append('[');
        for (Value item : list.items()) {
          append(item, text);
          text.append(',');
        }
        text.append(']');
      }
      case RecordValue record -> {
        text.append('{');
        for (Map.Entry<String, Value> field : new TreeMap<>(record.fields()).entrySet()) {
          quote(field.getKey(), text);
          append(field.getValue(), text);
          text.append(',');
        }
        text.append('}');
      }
      case FileValue file -> file(file, text);
      case DirectoryValue directory -> directory(directory, text);
    }
  }

  private void file(FileValue file, StringBuilder text) throws IOException {
    text.append("File(");
    quote(file.basename(), text);
    if (isThere(file.location())) {
      Artifacts.Identity identity = artifacts.identify(URI.create(file.location()));
      text.append(identity.sha256()).append('/').append(identity.size());
    } else if (file.contents() != null) {
      quote(file.contents(), text);
    } else {
      throw new IOException("no content at " + file.location());
    }
    quote(file.format(), text);
    text.append(file.contents() == null ? "" : "+contents");
    entries(file.secondaryFiles(), text);
    text.append(')');
  }

  /** In the file system, or in a store that sites fetch from. */
  private static boolean isThere(@Nullable String location) {
    return location != null && (location.startsWith("file:") || location.startsWith("s3:"));
  }

  private void directory(DirectoryValue directory, StringBuilder text) throws IOException {
    text.append("Directory(");
    quote(directory.basename(), text);
    if (isThere(directory.location())) {
      manifest(URI.create(directory.location()), text);
      text.append(directory.listing() == null ? "" : "+listing");
    } else {
      entries(directory.listing() == null ? List.of() : directory.listing(), text);
    }
    text.append(')');
  }

  private void entries(List<FileOrDirectory> entries, StringBuilder text) throws IOException {
    List<FileOrDirectory> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(entry -> String.valueOf(entry.basename())));
    text.append('[');
    for (FileOrDirectory entry : sorted) {
      append(entry.asValue(), text);
      text.append(',');
    }
    text.append(']');
  }

  private void manifest(URI folder, StringBuilder text) throws IOException {
    text.append('[');
    for (Artifacts.Stat entry : artifacts.list(folder)) {
      quote(entry.name(), text);
      if (entry.directory()) {
        manifest(entry.location(), text);
      } else {
        text.append(artifacts.identify(entry.location()).sha256());
      }
      text.append(',');
    }
    text.append(']');
  }

  private static void quote(@Nullable String string, StringBuilder text) {
    if (string == null) {
      text.append("-:");
    } else {
      text.append(string.length()).append(':').append(string).append(':');
    }
  }
}
