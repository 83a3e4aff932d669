package io.twinflow.triggers.source.broker;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an event that a broker delivers beside the body (CloudEvents 1.0.2, binary
 * content mode of the protocol bindings). Whether they make an event is not judged here.
 *
 * @param attributes without prefix; empty if the message is no event, or its body has all
 * @param contentType of the body
 */
public record BinaryMode(Map<String, String> attributes, @Nullable String contentType) {

  private static final String VERSION = "specversion";
  private static final String TYPE = "datacontenttype";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  public BinaryMode {
    attributes = Map.copyOf(attributes);
  }

  /** Of headers with a prefix, as in {@code ce_}: whatever has it was meant as an attribute. */
  public static BinaryMode prefixed(
      String prefix, Map<String, String> headers, @Nullable String contentType) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(prefix)) {
        attributes.putIfAbsent(name.substring(prefix.length()), header.getValue());
      }
    }
    return of(attributes, contentType);
  }

  /**
   * Of properties without a prefix: if one is the version of the specification, those are
   * attributes that can be.
   */
  public static BinaryMode plain(Map<String, String> properties, @Nullable String contentType) {
    if (!properties.containsKey(VERSION)) {
      return new BinaryMode(Map.of(), contentType);
    }
    Map<String, String> attributes = new LinkedHashMap<>(properties);
    attributes.keySet().removeIf(name -> !NAME.matcher(name).matches());
    return of(attributes, contentType);
  }

  private static BinaryMode of(Map<String, String> attributes, @Nullable String contentType) {
    if (contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents")) {
      return new BinaryMode(Map.of(), contentType);
    }
    String told = attributes.remove(TYPE);
    return new BinaryMode(attributes, contentType == null ? told : contentType);
  }
}
