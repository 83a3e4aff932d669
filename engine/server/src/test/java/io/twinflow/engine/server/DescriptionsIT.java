package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the service says of itself is OpenAPI, as the schemas of OpenAPI have it. */
@ExtendWith(SharedServer.Shared.class)
final class DescriptionsIT {

  private static final String META = "https://json-schema.org/draft/2020-12/schema";
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final TestServer server;

  DescriptionsIT(SharedServer shared) {
    this.server = shared.server();
  }

  @Test
  void theInterfaceOfItsOwnIsDescribedInOpenApi31() throws Exception {
    ObjectNode api = (ObjectNode) server.json("/api/v1/openapi.json");
    assertThat(errors(api, Published.openApi("3.1"), Dialects.getDraft202012())).isEmpty();
    JsonNode meta = TestServer.JSON.createObjectNode().put("$ref", META);
    List<JsonNode> schemas = api.findValues("schema");
    api.at("/components/schemas").forEach(schemas::add);
    assertThat(schemas).hasSizeGreaterThan(100);
    for (JsonNode schema : schemas) {
      assertThat(errors(schema, meta, Dialects.getDraft202012())).as(schema.toString()).isEmpty();
    }
    assertSound(api);
    assertMistakesAreFound(api, Published.openApi("3.1"), Dialects.getDraft202012());
  }

  @Test
  void theInterfaceOfTheOgcIsDescribedInOpenApi30() throws Exception {
    ObjectNode api = (ObjectNode) server.json("/ogc/api");
    assertThat(errors(api, Published.openApi("3.0"), Dialects.getDraft4())).isEmpty();
    assertSound(api);
    assertMistakesAreFound(api, Published.openApi("3.0"), Dialects.getDraft4());
  }

  private static List<Error> errors(JsonNode document, JsonNode schema, Dialect dialect) {
    return SchemaRegistry.withDefaultDialect(dialect).getSchema(schema).validate(document);
  }

  /** That a document passes means something: the same document with a mistake does not. */
  private static void assertMistakesAreFound(ObjectNode api, JsonNode schema, Dialect dialect) {
    ObjectNode untitled = api.deepCopy();
    ((ObjectNode) untitled.get("info")).remove("title");
    assertThat(errors(untitled, schema, dialect)).isNotEmpty();
    ObjectNode misspelt = api.deepCopy();
    ((ObjectNode) misspelt.get("paths").iterator().next().iterator().next())
        .putArray("respones")
        .add("200");
    assertThat(errors(misspelt, schema, dialect)).isNotEmpty();
  }

  /** What no schema can say: references lead somewhere, names are unique, parameters are told. */
  private static void assertSound(JsonNode api) {
    for (JsonNode reference : api.findValues("$ref")) {
      assertThat(api.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          JsonNode operation = method.getValue();
          String what = method.getKey() + " " + path.getKey();
          assertThat(names.add(operation.get("operationId").asString())).as(what).isTrue();
          assertThat(told(operation, path.getValue())).as(what).isEqualTo(asked(path.getKey()));
        }
      }
    }
  }

  private static Set<String> asked(String path) {
    Set<String> names = new HashSet<>();
    Matcher parameter = PARAMETER.matcher(path);
    while (parameter.find()) {
      names.add(parameter.group(1));
    }
    return names;
  }

  private static Set<String> told(JsonNode operation, JsonNode path) {
    List<JsonNode> all = new ArrayList<>();
    operation.path("parameters").forEach(all::add);
    path.path("parameters").forEach(all::add);
    Set<String> names = new HashSet<>();
    for (JsonNode parameter : all) {
      if (parameter.path("in").asString("").equals("path")) {
        names.add(parameter.get("name").asString());
      }
    }
    return names;
  }
}
