package io.twinflow.triggers.s3;

import io.twinflow.triggers.cloudevents.MalformedEventException;
import tools.jackson.databind.JsonNode;

/**
 * Reads texts out of a notification.
 *
 * @param at where it is, for messages
 */
record Fields(String at, JsonNode json) {

  String required(String path) throws MalformedEventException {
    JsonNode value = json.at(path);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw mistake(
          path,
          "expected some text, found " + (value.isMissingNode() ? "nothing" : value.toString()));
    }
    return value.stringValue();
  }

  String optional(String path) {
    return json.at(path).asString("");
  }

  MalformedEventException mistake(String path, String message) {
    String field = at + path.replace('/', '.');
    return new MalformedEventException(field.startsWith(".") ? field.substring(1) : field, message);
  }
}
