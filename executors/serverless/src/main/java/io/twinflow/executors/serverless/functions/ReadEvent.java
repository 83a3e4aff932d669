package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.place.Callbacks;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes an event from a request (CloudEvents' HTTP Protocol Binding 1.0, 3), in either mode. */
final class ReadEvent {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final String STRUCTURED = "application/cloudevents+json";

  private ReadEvent() {}

  /** A request is no such event. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Unreadable(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  static CloudEvent of(Callbacks.Said said) throws Unreadable {
    String type = mediaType(said.header().apply("content-type"));
    if (type.equals(STRUCTURED)) {
      JsonNode event = json(said.body());
      return event(name -> event.path(name).asString(""), event.path("data"));
    }
    if (type.isEmpty() || type.equals("application/json")) {
      return event(
          name -> said.header().apply("ce-" + name),
          said.body().isBlank() ? JsonNodeFactory.instance.missingNode() : json(said.body()));
    }
    throw new Unreadable(
        415,
        "Expected a CloudEvent as %s, or its data as application/json; found %s."
            .formatted(STRUCTURED, type));
  }

  private static String mediaType(String header) {
    return header.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static JsonNode json(String body) throws Unreadable {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Unreadable(400, "The body is no JSON: %s.".formatted(e.getOriginalMessage()));
    }
  }

  private interface Attributes {
    String get(String name);
  }

  private static CloudEvent event(Attributes attributes, JsonNode data) throws Unreadable {
    for (String name : new String[] {"specversion", "id", "source", "type"}) {
      if (attributes.get(name).isEmpty()) {
        throw new Unreadable(
            400,
            "Expected a CloudEvent, in binary or structured mode; found none with the attribute %s."
                .formatted(name));
      }
    }
    if (!attributes.get("specversion").equals("1.0")) {
      throw new Unreadable(400, "Expected a CloudEvent of specversion 1.0.");
    }
    return new CloudEvent(
        attributes.get("id"), attributes.get("source"), attributes.get("type"), data);
  }
}
