package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names and data that strangers choose reach a run as texts, and as nothing else. */
final class HostileEventsIT {

  private static final String SECRET = "a secret that nobody guesses";

  /** Whoever may put an object into a bucket chooses its key. */
  private static final List<String> KEYS =
      List.of(
          "../../../etc/passwd",
          "/etc/passwd",
          "a//b/../c",
          "..",
          ".",
          "%2e%2e%2fetc%2fpasswd",
          "a\nb: c",
          "a\u0000b",
          "a\u001b[2Jb",
          "$(self.data)",
          "$(inputs)",
          "${ return 7; }",
          "\\$(self.id)",
          "'; DROP TABLE event; --",
          "<script>alert(1)</script>",
          "-rf",
          "a b+c&d=e?f#g",
          "{{7*7}}",
          "__proto__",
          "constructor",
          "a\\..\\b",
          "\u202egpj.exe",
          "ü🌊",
          "x".repeat(1024));

  private static final String ECHO =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "echo",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"key": "string", "location": "string", "first": "string"},
       "outputs": {"key": "string", "location": "string", "first": "string"},
       "expression": "${ return inputs; }"}
      """;

  private static final String TRIGGER =
      """
      name: hostile
      source: bucket
      filter: {type: "com.amazonaws.s3.ObjectCreated:*"}
      workflow: echo
      inputs: {key: $(self.object.key), location: $(self.object.location), first: "$(self.parts[0])"}
      labels: {twin: test}
      """;

  @TempDir private Path folder;

  private static HttpResponse<String> send(
      TestServer server, String method, String path, String type, String body) throws Exception {
    return server.send(
        server.to(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)));
  }

  private static String notification() {
    ObjectNode whole = TestServer.JSON.createObjectNode();
    for (String key : KEYS) {
      ObjectNode each = whole.withArray("Records").addObject();
      each.put("eventSource", "aws:s3").put("awsRegion", "here");
      each.put("eventName", "ObjectCreated:Put").put("eventTime", "2026-11-21T10:00:00Z");
      ObjectNode s3 = each.putObject("s3");
      s3.putObject("bucket").put("name", "scenes");
      s3.putObject("object")
          .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8))
          .put("size", 1)
          .put("eTag", "e")
          .put("sequencer", "1");
    }
    return whole.toString();
  }

  @Test
  void keysReachTheirRunsAsTheyAre() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Files.writeString(
        data.resolve("twinflow.yaml"),
        "sources:\n  bucket: {type: push, format: s3, secret: {file: %s}, for: everyone}\n"
            .formatted(secret));
    try (TestServer server = TestServer.start(data)) {
      send(server, "POST", "/api/v1/workflows?name=echo", "application/cwl", ECHO);
      HttpResponse<String> saved =
          send(server, "PUT", "/api/v1/triggers/hostile", "application/yaml", TRIGGER);
      assertThat(saved.statusCode()).as(saved.body()).isLessThan(300);
      HttpResponse<String> pushed =
          server.send(
              server
                  .to("/api/v1/sources/bucket/events")
                  .setHeader("Authorization", "Bearer " + SECRET)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(notification())));
      assertThat(pushed.body()).contains("\"accepted\":" + KEYS.size(), "\"refused\":0");
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() ->
              assertThat(firings(server).findValuesAsString("state"))
                  .hasSize(KEYS.size())
                  .containsOnly("done"));
      Map<String, JsonNode> outputs = new LinkedHashMap<>();
      for (JsonNode firing : firings(server)) {
        JsonNode values =
            server.json("/api/v1/runs/" + firing.get("run").asString() + "/outputs").get("outputs");
        outputs.put(values.get("key").asString(), values);
      }
      assertThat(outputs.keySet()).containsExactlyInAnyOrderElementsOf(KEYS);
      outputs.forEach((key, values) -> {
        URI location = URI.create(values.get("location").asString());
        assertThat(location.getScheme()).isEqualTo("s3");
        assertThat(location.getAuthority()).isEqualTo("scenes");
        assertThat(location.getPath()).isEqualTo("/" + key);
        assertThat(values.get("first").asString()).doesNotContain("/", "\n", "\u0000");
      });
      // Nobody else sees them, in whatever form they are shown.
      assertThat(server.get("/api/v1/events?limit=100").body()).doesNotContain("\u0000", "\u001b");
    }
  }

  private static JsonNode firings(TestServer server) throws Exception {
    return server.json("/api/v1/firings?limit=100&trigger=hostile").get("firings");
  }
}
