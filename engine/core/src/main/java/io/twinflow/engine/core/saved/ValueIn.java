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
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ValueOut} wrote. */
final class ValueIn {

  private final DataInputStream in;
  private final List<Value> read = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  ValueIn(DataInputStream in) {
    this.in = in;
  }

  RecordValue record() throws IOException {
    if (value() instanceof RecordValue record) {
      return record;
    }
    throw new IOException("expected a record");
  }

  Value value() throws IOException {
    Value value = valueOrNull();
    if (value == null) {
      throw new IOException("expected a value");
    }
    return value;
  }

  @Nullable Value valueOrNull() throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case Tag.ABSENT -> null;
      case Tag.NULL -> NullValue.NULL;
      case Tag.TRUE -> BooleanValue.TRUE;
      case Tag.FALSE -> BooleanValue.FALSE;
      case Tag.INTEGER -> new IntegerValue(number());
      case Tag.DECIMAL -> new DecimalValue(new BigDecimal(text()));
      case Tag.STRING -> new StringValue(text());
      case Tag.AGAIN -> read.get(count());
      case Tag.FILE -> remember(file());
      case Tag.DIRECTORY ->
          remember(new DirectoryValue(textOrNull(), textOrNull(), textOrNull(), entries()));
      case Tag.LIST -> remember(list());
      case Tag.RECORD -> remember(fields());
      default -> throw new IOException("%d is no kind of value".formatted(tag));
    };
  }

  private Value remember(Value value) {
    read.add(value);
    return value;
  }

  private FileValue file() throws IOException {
    String location = textOrNull();
    String path = textOrNull();
    String basename = textOrNull();
    String checksum = textOrNull();
    long size = number();
    List<FileOrDirectory> secondary = entries();
    return new FileValue(
        location,
        path,
        basename,
        checksum,
        size == ValueOut.UNKNOWN_SIZE ? null : (Long) size,
        secondary == null ? List.of() : secondary,
        textOrNull(),
        textOrNull());
  }

  private @Nullable List<FileOrDirectory> entries() throws IOException {
    int size = count();
    if (size < 0) {
      return null;
    }
    List<FileOrDirectory> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!(value() instanceof FileOrDirectory entry)) {
        throw new IOException("expected a File or Directory");
      }
      entries.add(entry);
    }
    return entries;
  }

  private ListValue list() throws IOException {
    int size = count();
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(value());
    }
    return new ListValue(items);
  }

  private RecordValue fields() throws IOException {
    int size = count();
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      fields.put(name(), value());
    }
    return new RecordValue(fields);
  }

  long number() throws IOException {
    long rest = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readByte();
      rest |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
  }

  int count() throws IOException {
    return Math.toIntExact(number());
  }

  String text() throws IOException {
    String text = textOrNull();
    if (text == null) {
      throw new IOException("expected a text");
    }
    return text;
  }

  @Nullable String textOrNull() throws IOException {
    int length = count();
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a text is cut off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  String name() throws IOException {
    int known = count();
    if (known >= 0) {
      return names.get(known);
    }
    String name = text();
    names.add(name);
    return name;
  }
}
