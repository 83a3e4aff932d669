package io.twinflow.engine.core.event;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds the JSON object of an event; a null is left out. */
final class Fields {

  private final Map<String, Value> fields = new LinkedHashMap<>();

  Fields put(String name, @Nullable String value) {
    return putValue(name, value == null ? null : new StringValue(value));
  }

  Fields put(String name, @Nullable Long value) {
    return putValue(name, value == null ? null : new IntegerValue(value));
  }

  Fields put(String name, long value) {
    return putValue(name, new IntegerValue(value));
  }

  Fields put(String name, boolean value) {
    return putValue(name, BooleanValue.of(value));
  }

  Fields putText(String name, @Nullable Object value) {
    return put(name, value == null ? null : value.toString());
  }

  Fields putValue(String name, @Nullable Value value) {
    if (value != null) {
      fields.put(name, value);
    }
    return this;
  }

  <T> Fields putList(String name, List<T> items, Function<T, Value> each) {
    return putValue(name, new ListValue(items.stream().map(each).toList()));
  }

  /** As a list of pairs: a JSON object with a field {@code class} would be read as a File. */
  Fields putMap(String name, Map<String, String> map) {
    List<Value> pairs = new ArrayList<>();
    new TreeMap<>(map)
        .forEach((key, value) ->
            pairs.add(new ListValue(List.of(new StringValue(key), new StringValue(value)))));
    return putValue(name, new ListValue(pairs));
  }

  /** The same, unless there is nothing in it. */
  Fields putFilled(String name, Map<String, String> map) {
    return map.isEmpty() ? this : putMap(name, map);
  }

  RecordValue record() {
    return new RecordValue(fields);
  }
}
