package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a broker to runs: a source of the configuration, on JetStream. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_NATS_URL", matches = ".+")
final class SourcesIT {

  private static final String COUNT =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "count",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"number": "int"}, "outputs": {"same": "int"},
       "expression": "${ return {same: inputs.number}; }"}
      """;

  @TempDir private Path folder;
  private final URI url = URI.create(System.getenv("TWINFLOW_NATS_URL"));
  private final String stream = "s" + Long.toString(System.nanoTime(), 36);

  private Path data() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path password = folder.resolve("password");
    Files.writeString(password, url.getUserInfo().split(":", 2)[1]);
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        sources:
          gauges:
            type: nats
            addresses: %s:%d
            user: %s
            password: {file: %s}
            stream: %s
            consumer: twinflow
            contentType: application/json
            for: ann
        """
            .formatted(
                url.getHost(),
                url.getPort(),
                url.getUserInfo().split(":", 2)[0],
                password,
                stream));
    return data;
  }

  private static HttpResponse<String> put(TestServer as, String path, String type, String body)
      throws Exception {
    return as.send(as.to(path).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> save(TestServer as, String source) throws Exception {
    return put(
        as,
        "/api/v1/triggers/gauges",
        "application/yaml",
        "name: gauges\nsource: %s\nfilter: {type: io.twinflow.nats.message}\nworkflow: count\ninputs: {number: $(self.data.number)}\n"
            .formatted(source));
  }

  private static List<JsonNode> firings(TestServer server, String state) throws Exception {
    return server
        .json("/api/v1/firings?limit=1000&state=" + state)
        .get("firings")
        .valueStream()
        .toList();
  }

  private static void awaitDone(TestServer server, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(firings(server, "done")).hasSize(count));
  }

  @Test
  void eachMessageStartsItsRunOnceAlsoOverARestart() throws Exception {
    Path data = data();
    try (NatsWire nats = new NatsWire(url)) {
      nats.makeStream(stream);
      try (TestServer server = TestServer.start(data)) {
        TestServer ann = server.as("ann");
        ann.send(
            ann.to("/api/v1/workflows?name=count")
                .header("Content-Type", "application/cwl")
                .POST(BodyPublishers.ofString(COUNT)));
        assertThat(save(ann, "gauge").body()).contains("source: expected gauges, found gauge");
        assertThat(save(server.as("bob"), "gauges").body()).contains("there is none for you");
        assertThat(save(ann, "gauges").statusCode()).isEqualTo(201);
        for (int i = 0; i < 5; i++) {
          nats.ask(stream + ".level", "{\"number\": %d}".formatted(i));
        }
        nats.ask(stream + ".level", "not what it should be");
        awaitDone(server, 5);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> firings(server, "dead").size() == 1);
        JsonNode source = ann.json("/api/v1/sources").get("sources").get(0);
        assertThat(source.get("connected").asBoolean()).as(source.toString()).isTrue();
        assertThat(source.get("taken").asLong()).isEqualTo(6);
        Awaitility.await()
            .until(() ->
                server
                    .get("/metrics")
                    .body()
                    .contains("twinflow_source_lag{source=\"gauges\"} 0.0"));
        assertThat(server.as("bob").json("/api/v1/sources").get("sources")).isEmpty();
        JsonNode check = server.json("/api/v1/sources/gauges/check");
        assertThat(check.get("usable").asBoolean()).as(check.toString()).isTrue();
        assertThat(ann.get("/api/v1/sources/gauges/check").statusCode()).isEqualTo(403);
        assertThat(server.get("/api/v1/sources/other/check").body())
            .contains("expected one of gauges");
        JsonNode event = server.json("/api/v1/events?limit=1").get("events").get(0);
        assertThat(event.get("sender").asString()).isEqualTo("source:gauges");
        String whole = event.at("/links/self").asString();
        assertThat(ann.get(whole).statusCode()).isEqualTo(200);
        assertThat(server.as("bob").get(whole).statusCode()).isEqualTo(404);
      }
      for (int i = 5; i < 10; i++) {
        nats.ask(stream + ".level", "{\"number\": %d}".formatted(i));
      }
      try (TestServer server = TestServer.start(data)) {
        awaitDone(server, 10);
        Set<String> runs = new TreeSet<>();
        firings(server, "done").forEach(firing -> runs.add(firing.get("run").asString()));
        assertThat(runs).hasSize(10);
        assertThat(server.json("/api/v1/events?limit=100").get("events")).hasSize(11);
      }
    }
  }
}
