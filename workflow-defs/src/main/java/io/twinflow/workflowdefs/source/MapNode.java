package io.twinflow.workflowdefs.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML mapping or JSON object; keys are strings and keep their order. */
public record MapNode(Map<String, Entry> entries, Position position) implements Node {

  /** A key's place and its value. */
  public record Entry(Position keyPosition, Node value) {}

  public MapNode {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The value of a key; null if the key is absent or its value is null. */
  public @Nullable Node get(String key) {
    Entry entry = entries.get(key);
    return entry == null || entry.value().isNull() ? null : entry.value();
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The text of a string field; null if it is absent or no string. */
  public @Nullable String string(String key) {
    return get(key) instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.STRING
        ? scalar.text()
        : null;
  }

  /** Where a key stands, or the map itself. */
  public Position keyPosition(String key) {
    Entry entry = entries.get(key);
    return entry == null ? position : entry.keyPosition();
  }

  public MapNode with(String key, Node value) {
    Map<String, Entry> copy = new LinkedHashMap<>(entries);
    copy.put(key, new Entry(keyPosition(key), value));
    return new MapNode(copy, position);
  }

  @Override
  public String describe() {
    return entries.isEmpty() ? "an empty map" : "a map";
  }
}
