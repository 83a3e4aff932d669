package io.twinflow.executors.serverless.functions;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as CloudEvents 1.0 has it, with data in JSON.
 *
 * @param id the same whenever the same thing is told again
 */
public record CloudEvent(String id, String source, String type, JsonNode data) {

  /** How an event is put into a request (CloudEvents' HTTP Protocol Binding 1.0, 3). */
  public enum Mode {
    /** Attributes are headers, data is the body. */
    BINARY,
    /** All of it is the body. */
    STRUCTURED
  }

  HttpRequest.Builder put(HttpRequest.Builder request, Mode mode) {
    return switch (mode) {
      case BINARY ->
          request
              .header("ce-specversion", "1.0")
              .header("ce-id", id)
              .header("ce-source", source)
              .header("ce-type", type)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(data.toString()));
      case STRUCTURED ->
          request
              .header("Content-Type", "application/cloudevents+json")
              .POST(BodyPublishers.ofString(structured().toString()));
    };
  }

  private ObjectNode structured() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0").put("id", id).put("source", source).put("type", type);
    event.put("datacontenttype", "application/json").set("data", data);
    return event;
  }
}
