package io.twinflow.triggers.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON (JSON Event Format for CloudEvents 1.0.2, sections 2 to 4). The SDK's own format
 * takes the last of two attributes of one name, and writes data as JSON because its media type says
 * so.
 */
public final class JsonFormat {

  public static final String EVENT = "application/cloudevents+json";
  public static final String BATCH = "application/cloudevents-batch+json";
  private static final String JSON = "application/json";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  private static final Set<String> NO_ATTRIBUTES = Set.of("data", "data_base64", "datacontenttype");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFormat() {}

  public static CloudEvent read(byte[] json) throws MalformedEventException {
    return event(parse(json));
  }

  public static List<CloudEvent> readBatch(byte[] json) throws MalformedEventException {
    JsonNode array = parse(json);
    if (!array.isArray()) {
      throw new MalformedEventException(
          "body", "expected an array of events, found " + kind(array));
    }
    List<CloudEvent> events = new ArrayList<>();
    for (JsonNode node : array) {
      try {
        events.add(event(node));
      } catch (MalformedEventException e) {
        throw e.at(events.size());
      }
    }
    return events;
  }

  /** JSON without two members of one name and without anything behind it. */
  public static JsonNode parse(byte[] json) throws MalformedEventException {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new MalformedEventException(
          "body",
          "expected JSON; line %d, column %d: %s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  private static CloudEvent event(JsonNode json) throws MalformedEventException {
    Attributes attributes = attributes(json);
    String mediaType = mediaType(json);
    JsonNode inline = json.path("data");
    JsonNode encoded = json.path("data_base64");
    boolean isInline = !inline.isNull() && !inline.isMissingNode();
    if (encoded.isNull() || encoded.isMissingNode()) {
      return isInline
          ? attributes.event(mediaType == null ? JSON : mediaType, bytes(inline, mediaType))
          : attributes.event(mediaType, null);
    }
    if (isInline) {
      throw new MalformedEventException("data", "expected one of data and data_base64");
    }
    return attributes.event(mediaType, base64(encoded));
  }

  private static Attributes attributes(JsonNode json) throws MalformedEventException {
    if (!json.isObject()) {
      throw new MalformedEventException("body", "expected an object, found " + kind(json));
    }
    Attributes attributes = new Attributes();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      // A member that is null is as good as none (section 2.3).
      if (!NO_ATTRIBUTES.contains(member.getKey()) && !member.getValue().isNull()) {
        attributes.put(member.getKey(), simple(member.getKey(), member.getValue()));
      }
    }
    return attributes;
  }

  private static @Nullable String mediaType(JsonNode json) throws MalformedEventException {
    JsonNode type = json.path("datacontenttype");
    return type.isNull() || type.isMissingNode() ? null : string("datacontenttype", type);
  }

  /** What {@link #writeAttributes} has written, with its data. */
  public static CloudEvent read(String attributes, byte @Nullable [] data)
      throws MalformedEventException {
    JsonNode json = parse(attributes.getBytes(StandardCharsets.UTF_8));
    return attributes(json).event(mediaType(json), data);
  }

  /** Text of another media type is the data itself; everything else is the data as JSON. */
  private static byte[] bytes(JsonNode value, @Nullable String mediaType) {
    boolean isText = value.isString() && mediaType != null && !isJson(mediaType);
    String text = isText ? value.stringValue() : value.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object simple(String name, JsonNode value) throws MalformedEventException {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isInt()) {
      return value.intValue();
    }
    return string(name, value);
  }

  private static String string(String name, JsonNode value) throws MalformedEventException {
    if (value.isString()) {
      return value.stringValue();
    }
    throw new MalformedEventException(
        name, "expected text, true, false or an integer of 32 bits, found " + kind(value));
  }

  private static byte[] base64(JsonNode value) throws MalformedEventException {
    try {
      return java.util.Base64.getDecoder().decode(string("data_base64", value));
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("data_base64", "expected base64: " + e.getMessage());
    }
  }

  private static String kind(JsonNode json) {
    return json.isMissingNode() ? "nothing" : json.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  static boolean isJson(String mediaType) {
    String type = MediaTypes.plain(mediaType);
    return type.equals(JSON) || type.endsWith("+json") || type.equals("text/json");
  }

  /** With its data as JSON if it is some, as text if it is called so, else in base64. */
  public static ObjectNode write(CloudEvent event) {
    ObjectNode json = writeAttributes(event);
    CloudEventData data = event.getData();
    if (data != null) {
      writeData(json, data.toBytes(), event.getDataContentType());
    }
    return json;
  }

  /** Without its data. */
  public static ObjectNode writeAttributes(CloudEvent event) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("specversion", "1.0");
    for (String name : event.getAttributeNames()) {
      Object value = event.getAttribute(name);
      if (value != null && !name.equals("specversion")) {
        json.put(name, value instanceof OffsetDateTime time ? TIME.format(time) : value.toString());
      }
    }
    for (String name : event.getExtensionNames()) {
      switch (event.getExtension(name)) {
        case null -> {}
        case Boolean flag -> json.put(name, flag);
        case Integer number -> json.put(name, number);
        case Object other -> json.put(name, other.toString());
      }
    }
    return json;
  }

  private static void writeData(ObjectNode json, byte[] data, @Nullable String mediaType) {
    String type = mediaType == null ? "" : mediaType;
    if (isJson(type)) {
      try {
        json.set("data", MAPPER.readTree(data));
        return;
      } catch (JacksonException notJson) {
        System.getLogger(JsonFormat.class.getName())
            .log(System.Logger.Level.DEBUG, "data that is no JSON, though it is called so");
      }
    } else if (type.startsWith("text/") && isText(data)) {
      json.put("data", new String(data, StandardCharsets.UTF_8));
      return;
    }
    json.put("data_base64", data);
  }

  private static boolean isText(byte[] data) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(data));
      return true;
    } catch (java.nio.charset.CharacterCodingException e) {
      return false;
    }
  }
}
