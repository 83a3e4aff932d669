package io.twinflow.engine.core.event;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON object of an event; what is missing or of another type is named. */
final class FieldReader {

  /** Turns an item into what it stands for. */
  interface Each<T> {
    T read(Value value) throws UnreadableEventException;
  }

  private final String type;
  private final RecordValue fields;

  FieldReader(String type, RecordValue fields) {
    this.type = type;
    this.fields = fields;
  }

  static FieldReader of(String type, Value value) throws UnreadableEventException {
    if (value instanceof RecordValue fields) {
      return new FieldReader(type, fields);
    }
    throw new UnreadableEventException("%s: expected an object".formatted(type));
  }

  boolean has(String name) {
    return fields.get(name) != NullValue.NULL;
  }

  String text(String name) throws UnreadableEventException {
    return string(name, fields.get(name));
  }

  @Nullable String textOrNull(String name) throws UnreadableEventException {
    return has(name) ? text(name) : null;
  }

  long number(String name) throws UnreadableEventException {
    return integer(name, fields.get(name));
  }

  int count(String name) throws UnreadableEventException {
    return Math.toIntExact(number(name));
  }

  @Nullable Long numberOrNull(String name) throws UnreadableEventException {
    return has(name) ? number(name) : null;
  }

  boolean flag(String name) throws UnreadableEventException {
    if (fields.get(name) instanceof BooleanValue bool) {
      return bool.value();
    }
    throw unexpected(name, "true or false", fields.get(name));
  }

  Instant instant(String name) throws UnreadableEventException {
    try {
      return Times.instant(text(name));
    } catch (DateTimeException e) {
      throw unexpected(name, "a UTC time", fields.get(name));
    }
  }

  @Nullable Instant instantOrNull(String name) throws UnreadableEventException {
    return has(name) ? instant(name) : null;
  }

  @Nullable Duration durationOrNull(String name) throws UnreadableEventException {
    if (!has(name)) {
      return null;
    }
    try {
      return Times.duration(text(name));
    } catch (DateTimeException e) {
      throw unexpected(name, "a duration", fields.get(name));
    }
  }

  <E extends Enum<E>> E symbol(String name, Class<E> symbols) throws UnreadableEventException {
    try {
      return Enum.valueOf(symbols, text(name));
    } catch (IllegalArgumentException e) {
      throw unexpected(name, "a " + symbols.getSimpleName(), fields.get(name));
    }
  }

  FieldReader object(String name) throws UnreadableEventException {
    return of(type + "." + name, fields.get(name));
  }

  RecordValue record(String name) throws UnreadableEventException {
    return object(name).fields;
  }

  <T> List<T> list(String name, Each<T> each) throws UnreadableEventException {
    if (!(fields.get(name) instanceof ListValue list)) {
      throw unexpected(name, "a list", fields.get(name));
    }
    List<T> result = new ArrayList<>(list.items().size());
    for (Value item : list.items()) {
      result.add(each.read(item));
    }
    return result;
  }

  List<String> texts(String name) throws UnreadableEventException {
    return list(name, item -> string(name, item));
  }

  List<Integer> counts(String name) throws UnreadableEventException {
    return list(name, item -> Math.toIntExact(integer(name, item)));
  }

  Map<String, String> map(String name) throws UnreadableEventException {
    Map<String, String> result = new LinkedHashMap<>();
    for (Value pair : list(name, item -> item)) {
      if (!(pair instanceof ListValue entry) || entry.items().size() != 2) {
        throw unexpected(name, "pairs", pair);
      }
      result.put(string(name, entry.items().get(0)), string(name, entry.items().get(1)));
    }
    return result;
  }

  private String string(String name, Value value) throws UnreadableEventException {
    if (value instanceof StringValue string) {
      return string.value();
    }
    throw unexpected(name, "a text", value);
  }

  private long integer(String name, Value value) throws UnreadableEventException {
    if (value instanceof IntegerValue integer) {
      return integer.value();
    }
    throw unexpected(name, "a whole number", value);
  }

  private UnreadableEventException unexpected(String name, String expected, Value found) {
    return new UnreadableEventException(
        "%s.%s: expected %s, found %s".formatted(type, name, expected, found));
  }
}
