package io.twinflow.engine.server.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * The input object as it stands in a body, with blanks before it, so that a mistake in it is told
 * with the line and column of the body.
 */
final class RawInputs {

  private static final String NONE = "{}";

  private RawInputs() {}

  static String of(byte[] body, JsonMapper json) {
    try (JsonParser parser = json.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("inputs");
        JsonToken value = parser.nextToken();
        TokenStreamLocation start = parser.currentTokenLocation();
        parser.skipChildren();
        if (found) {
          parser.finishToken();
          long end = parser.currentLocation().getByteOffset();
          return value == JsonToken.VALUE_NULL ? NONE : slice(body, start, (int) end);
        }
      }
    }
    return NONE;
  }

  private static String slice(byte[] body, TokenStreamLocation start, int end) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(
        "\n".repeat(Math.max(0, start.getLineNr() - 1)).getBytes(StandardCharsets.UTF_8));
    text.writeBytes(
        " ".repeat(Math.max(0, start.getColumnNr() - 1)).getBytes(StandardCharsets.UTF_8));
    int from = (int) start.getByteOffset();
    text.write(body, from, end - from);
    return text.toString(StandardCharsets.UTF_8);
  }
}
