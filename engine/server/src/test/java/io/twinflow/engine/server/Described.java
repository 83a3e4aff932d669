package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at answers as the service describes them itself (OpenAPI): their status, their type and
 * their JSON.
 */
final class Described {

  private static final int PART = 206;

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Pattern> templates = new LinkedHashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * @param document OpenAPI 3.0 or 3.1
   * @param base before the paths of the document
   */
  Described(JsonNode document, String base) {
    this.document = document;
    Dialect dialect =
        document.get("openapi").asString().startsWith("3.0")
            ? Dialects.getOpenApi30()
            : Dialects.getOpenApi31();
    this.registry = SchemaRegistry.withDefaultDialect(dialect);
    document
        .get("paths")
        .forEachEntry((path, operations) ->
            templates.put(
                path,
                Pattern.compile(
                    base
                        + path.replaceAll("/\\{path\\}$", "/.+")
                            .replaceAll("\\{[^}]+\\}", "[^/]+"))));
  }

  /**
   * @param path without the query
   */
  void check(String method, String path, HttpResponse<String> answer) {
    Optional<JsonNode> operation = operation(method, path);
    if (operation.isEmpty()) {
      assertThat(answer.statusCode())
          .as("%s %s is not described, so there is nothing", method, path)
          .isGreaterThanOrEqualTo(400);
      return;
    }
    String what = "%s %s → %d".formatted(method, path, answer.statusCode());
    JsonNode responses = operation.get().get("responses");
    JsonNode response =
        responses.has(Integer.toString(answer.statusCode()))
            ? responses.get(Integer.toString(answer.statusCode()))
            : responses.path("default");
    assertThat(response.isMissingNode()).as(what + ": the status is not described").isFalse();
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asString().substring(1));
    }
    JsonNode content = response.path("content");
    if (content.isMissingNode() || content.isEmpty()) {
      assertThat(answer.body()).as(what).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode form = content.has(type) ? content.get(type) : content.path("*/*");
    assertThat(form.isMissingNode())
        .as("%s: %s is described as %s", what, type, content.propertyNames())
        .isFalse();
    boolean whole = answer.statusCode() != PART;
    if (whole && type.endsWith("json") && form.has("schema")) {
      List<Error> wrong =
          schemas
              .computeIfAbsent(form.get("schema").toString(), key -> schema(form.get("schema")))
              .validate(TestServer.JSON.readTree(answer.body()));
      assertThat(wrong).as(what + ": " + answer.body()).isEmpty();
    }
  }

  private Schema schema(JsonNode described) {
    ObjectNode whole = TestServer.JSON.createObjectNode();
    whole.setAll((ObjectNode) described);
    whole.set("components", document.path("components"));
    return registry.getSchema(whole);
  }

  private Optional<JsonNode> operation(String method, String path) {
    return templates.entrySet().stream()
        .filter(template -> template.getValue().matcher(path).matches())
        .sorted((a, b) -> Integer.compare(parameters(a.getKey()), parameters(b.getKey())))
        .map(template ->
            document.get("paths").get(template.getKey()).path(method.toLowerCase(Locale.ROOT)))
        .filter(operation -> !operation.isMissingNode())
        .findFirst();
  }

  private static int parameters(String template) {
    return (int) template.chars().filter(c -> c == '{').count();
  }
}
