package io.twinflow.triggers.source.dcache;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a source has come: all that the events of a channel up to one of them tell is kept.
 *
 * @param event empty before the first one
 * @param of what was watched; another configuration begins anew
 */
record Place(String channel, String event, String of) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static Place read(String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      return new Place(
          json.path("channel").asString(""),
          json.path("event").asString(""),
          json.path("of").asString(""));
    } catch (JacksonException e) {
      throw new IOException("its position cannot be read: " + text, e);
    }
  }

  String written() {
    return JSON.createObjectNode()
        .put("channel", channel)
        .put("event", event)
        .put("of", of)
        .toString();
  }
}
