package io.twinflow.engine.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What others have published, from the resources of the tests. */
final class Published {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Published() {}

  /** The schema of OpenAPI documents. */
  static JsonNode openApi(String version) throws IOException {
    return read("openapi-" + version + ".schema.yaml");
  }

  /**
   * GA4GH WES 1.1, made stricter: what the schemas do not name may not be there, so that a name
   * with a mistake in it is found.
   */
  static JsonNode wes() throws IOException {
    ObjectNode wes = (ObjectNode) read("ga4gh-wes-1.1.openapi.yaml");
    ObjectNode schemas = (ObjectNode) wes.at("/components/schemas");
    schemas.setAll((ObjectNode) read("ga4gh-service-info-1.0.yaml").at("/components/schemas"));
    ((ObjectNode) schemas.at("/ServiceInfo/allOf/0")).put("$ref", "#/components/schemas/Service");
    for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
      ObjectNode flat = flat((ObjectNode) schema.getValue(), schemas);
      if (flat.has("properties")) {
        flat.put("additionalProperties", false);
      }
      schemas.set(schema.getKey(), flat);
    }
    return wes;
  }

  /** With what it consists of in one object. */
  private static ObjectNode flat(ObjectNode schema, ObjectNode schemas) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asString().replaceAll(".*/", "");
      return flat((ObjectNode) schemas.get(name), schemas);
    }
    ObjectNode flat = schema.deepCopy();
    flat.remove("allOf");
    for (JsonNode part : schema.path("allOf")) {
      ObjectNode more = flat((ObjectNode) part, schemas);
      flat.put("type", "object");
      flat.withObject("properties").setAll((ObjectNode) more.path("properties"));
      ArrayNode required = flat.withArray("required");
      more.path("required").forEach(required::add);
    }
    return flat;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Published.class.getResourceAsStream("/published/" + name), name)) {
      return YAML.readTree(in);
    }
  }
}
