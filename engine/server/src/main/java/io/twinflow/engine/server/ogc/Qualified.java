package io.twinflow.engine.server.ogc;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The ways in which a value may be wrapped. Part 1, schemas "qualifiedInputValue" and "link". */
final class Qualified {

  private static final Set<String> BESIDE_VALUE =
      Set.of("value", "mediaType", "encoding", "schema", "format", "type");

  private Qualified() {}

  /** Whether it is {@code {"value": …}} with nothing beside it but how to read it. */
  static boolean is(JsonNode node) {
    return node.isObject() && node.has("value") && BESIDE_VALUE.containsAll(node.propertyNames());
  }

  static boolean isReference(JsonNode node) {
    return node.isObject() && node.path("href").isString();
  }

  static JsonNode unwrapped(JsonNode node) {
    return is(node) ? node.get("value") : node;
  }

  /** Of a reference. */
  static String url(String name, JsonNode node) {
    String href = node.get("href").asString("");
    if (!href.startsWith("http://")
        && !href.startsWith("https://")
        && !href.startsWith("file:///")
        && !href.startsWith("s3://")) {
      throw OgcErrors.invalid(
          "%s: expected an absolute URL as href, found %s".formatted(name, href));
    }
    return href;
  }

  /** As it is said in any of the versions; empty if it is not. */
  static String mediaType(JsonNode node) {
    for (String pointer : new String[] {"/mediaType", "/type", "/format/mediaType"}) {
      JsonNode said = node.at(pointer);
      if (said.isString() && said.stringValue().contains("/")) {
        return said.stringValue();
      }
    }
    return "";
  }

  static boolean isBase64(JsonNode node) {
    return node.path("encoding").asString("").equalsIgnoreCase("base64")
        || node.at("/format/encoding").asString("").equalsIgnoreCase("base64");
  }
}
