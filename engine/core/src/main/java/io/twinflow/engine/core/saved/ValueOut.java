package io.twinflow.engine.core.saved;

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
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes. A list, record or file that many hold, such as an input of all shards, is
 * written once, and is one again when it is read.
 */
final class ValueOut {

  static final long UNKNOWN_SIZE = Long.MIN_VALUE;

  private final DataOutputStream out;
  private final IdentityHashMap<Value, Integer> written = new IdentityHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  ValueOut(DataOutputStream out) {
    this.out = out;
  }

  void value(@Nullable Value value) throws IOException {
    if (value == null) {
      tag(Tag.ABSENT);
      return;
    }
    switch (value) {
      case NullValue _ -> tag(Tag.NULL);
      case BooleanValue bool -> tag(bool.value() ? Tag.TRUE : Tag.FALSE);
      case IntegerValue integer -> {
        tag(Tag.INTEGER);
        number(integer.value());
      }
      case DecimalValue decimal -> {
        tag(Tag.DECIMAL);
        text(decimal.value().toString());
      }
      case StringValue string -> {
        tag(Tag.STRING);
        text(string.value());
      }
      case FileValue _, DirectoryValue _, ListValue _, RecordValue _ -> once(value);
    }
  }

  private void once(Value value) throws IOException {
    Integer before = written.get(value);
    if (before != null) {
      tag(Tag.AGAIN);
      number(before);
      return;
    }
    switch (value) {
      case FileValue file -> file(file);
      case DirectoryValue directory -> directory(directory);
      case ListValue list -> {
        tag(Tag.LIST);
        number(list.items().size());
        for (Value item : list.items()) {
          value(item);
        }
      }
      case RecordValue record -> {
        tag(Tag.RECORD);
        number(record.fields().size());
        for (Map.Entry<String, Value> field : record.fields().entrySet()) {
          name(field.getKey());
          value(field.getValue());
        }
      }
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ ->
          throw new IllegalArgumentException("has no parts: " + value);
    }
    written.put(value, written.size());
  }

  private void file(FileValue file) throws IOException {
    tag(Tag.FILE);
    text(file.location());
    text(file.path());
    text(file.basename());
    text(file.checksum());
    number(file.size() == null ? UNKNOWN_SIZE : file.size());
    all(file.secondaryFiles());
    text(file.format());
    text(file.contents());
  }

  private void directory(DirectoryValue directory) throws IOException {
    tag(Tag.DIRECTORY);
    text(directory.location());
    text(directory.path());
    text(directory.basename());
    all(directory.listing());
  }

  private void all(@Nullable List<FileOrDirectory> entries) throws IOException {
    number(entries == null ? -1 : entries.size());
    if (entries != null) {
      for (FileOrDirectory entry : entries) {
        value(entry.asValue());
      }
    }
  }

  private void tag(byte tag) throws IOException {
    out.writeByte(tag);
  }

  /** Small ones, also below zero, in few bytes. */
  void number(long number) throws IOException {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  void text(@Nullable String text) throws IOException {
    if (text == null) {
      number(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.write(bytes);
  }

  /** A text that comes again and again. */
  void name(String name) throws IOException {
    Integer before = names.putIfAbsent(name, names.size());
    if (before != null) {
      number(before);
    } else {
      number(-1);
      text(name);
    }
  }
}
