package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.Listening;
import io.twinflow.engine.server.boot.LogFormat;
import io.twinflow.engine.server.boot.Seeing;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Health and metrics of a running server, as a scraper gets them. */
final class SeenIT {

  /** A sample of the text format, version 0.0.4: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\.)*\",?)*})? (\\S+)");

  private static final String SLEEP =
      """
      {cwlVersion: v1.2, class: CommandLineTool, baseCommand: [sleep], inputs: {s: {type: float, inputBinding: {}}}, outputs: {}}
      """;

  @TempDir static Path data;
  private static TestServer server;

  /** Stands in for an OpenTelemetry collector: keeps what it is sent, each once. */
  private static HttpServer collector;

  private static final List<String> exports = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          exports.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    URI address = URI.create("http://localhost:" + collector.getAddress().getPort() + "/");
    server =
        TestServer.start(
            ServerSettings.in(data)
                .withTrust(Trust.IN_TOOLS)
                .withListening(new Listening("127.0.0.1", 0, null))
                .withSeeing(new Seeing(LogFormat.text, Optional.of(address))));
  }

  @AfterAll
  static void stop() {
    server.close();
    collector.stop(0);
  }

  private static List<JsonNode> spans(String run) {
    List<JsonNode> spans = new ArrayList<>();
    for (String export : exports) {
      for (JsonNode span :
          TestServer.JSON.readTree(export).at("/resourceSpans/0/scopeSpans/0/spans")) {
        if (span.toString().contains(run)) {
          spans.add(span);
        }
      }
    }
    return spans;
  }

  @Test
  void theTraceOfAnEndedRunGoesOnWhereItsSubmissionStood() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<String> answer =
        server.send(
            server
                .to("/api/v1/runs")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        TestServer.JSON
                            .createObjectNode()
                            .put("workflow", SLEEP)
                            .set("inputs", TestServer.JSON.readTree("{\"s\": 0}"))
                            .set("options", TestServer.JSON.readTree("{\"useCache\": false}"))
                            .toString())));
    String run = TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(spans(run)).as("%s", exports).hasSize(4));

    Map<String, JsonNode> byName = new HashMap<>();
    spans(run).forEach(span -> byName.put(span.get("name").asString().split(" ")[0], span));
    assertThat(byName).containsOnlyKeys("submit", "run", "/", "attempt");
    assertThat(byName.values()).allMatch(span -> span.get("traceId").asString().equals(trace));
    assertThat(byName.get("submit").get("parentSpanId").asString()).isEqualTo("00f067aa0ba902b7");
    assertThat(byName.get("run").get("parentSpanId")).isEqualTo(byName.get("submit").get("spanId"));
    assertThat(byName.get("/").get("parentSpanId")).isEqualTo(byName.get("run").get("spanId"));
    assertThat(byName.get("attempt").get("parentSpanId")).isEqualTo(byName.get("/").get("spanId"));
    for (JsonNode span : byName.values()) {
      assertThat(Long.parseLong(span.get("endTimeUnixNano").asString()))
          .isGreaterThanOrEqualTo(Long.parseLong(span.get("startTimeUnixNano").asString()));
    }
    Awaitility.await().during(Duration.ofSeconds(2)).until(() -> spans(run).size() == 4);
  }

  private static HttpResponse<String> withoutToken(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.url(path))).build(), BodyHandlers.ofString());
    }
  }

  private static String submit(String seconds) throws Exception {
    HttpResponse<String> answer =
        server.postJson(
            "/api/v1/runs",
            TestServer.JSON
                .createObjectNode()
                .put("workflow", SLEEP)
                .set("inputs", TestServer.JSON.readTree("{\"s\": " + seconds + "}"))
                .toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static void awaitState(String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(run).get("state").asString().equals(state));
  }

  /** All samples; what is no comment must be one. */
  private static Map<String, Double> scrape() throws Exception {
    HttpResponse<String> answer = server.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain;version=0.0.4");
    Map<String, Double> samples = new HashMap<>();
    for (String line : answer.body().lines().filter(text -> !text.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as(line).isTrue();
      String value = sample.group(3).replace("+Inf", "Infinity");
      String labels = sample.group(2) == null ? "" : sample.group(2);
      samples.put(sample.group(1) + labels, Double.parseDouble(value));
    }
    return samples;
  }

  @Test
  void healthIsToldToEverybodyAndNamesWhatIsNeeded() throws Exception {
    assertThat(withoutToken("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = withoutToken("/health/ready");
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    JsonNode health = TestServer.JSON.readTree(ready.body());
    assertThat(health.get("status").asString()).isEqualTo("up");
    assertThat(health.get("checks").propertyNames())
        .containsExactly("database", "disk", "lease", "executor");
    assertThat(withoutToken("/metrics").statusCode()).isEqualTo(401);
    assertThat(server.get("/actuator/env").statusCode()).isEqualTo(404);
  }

  @Test
  void metricsFollowARunFromItsQueueToItsEnd() throws Exception {
    double before = scrape().getOrDefault("twinflow_runs_ended_total{state=\"succeeded\"}", 0.0);
    String slow = submit("600");
    awaitState(slow, "running");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(scrape())
                .containsEntry("twinflow_tasks{site=\"local\",state=\"running\"}", 1.0)
                .containsEntry("twinflow_runs{state=\"running\"}", 1.0));
    server.postJson(slow + "/cancel", "");
    awaitState(slow, "cancelled");
    awaitState(submit("0"), "succeeded");

    Map<String, Double> samples = scrape();
    assertThat(samples)
        .containsEntry("twinflow_runs_ended_total{state=\"succeeded\"}", before + 1)
        .containsEntry("twinflow_tasks{site=\"local\",state=\"running\"}", 0.0)
        .containsEntry("twinflow_lease_changes_total{change=\"lost\"}", 0.0);
    assertThat(samples.get("twinflow_tasks_ended_total{site=\"local\",state=\"succeeded\"}"))
        .isPositive();
    assertThat(samples.get("twinflow_journal_commit_seconds_count")).isPositive();
    assertThat(samples.get("twinflow_journal_append_seconds_bucket{le=\"+Inf\"}"))
        .isEqualTo(samples.get("twinflow_journal_append_seconds_count"));
    assertThat(samples.get("twinflow_lease_changes_total{change=\"claimed\"}")).isPositive();
    assertThat(samples.get("twinflow_queue_age{queue=\"tasks\"}")).isNotNegative();
    assertThat(samples.keySet())
        .anyMatch(name -> name.startsWith("http_server_requests_seconds_count{"))
        .anyMatch(name -> name.startsWith("hikaricp_connections_active{"))
        .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void everyChangeByAPersonHasALineInTheAudit() throws Exception {
    String run = submit("0");
    awaitState(run, "succeeded");
    HttpResponse<String> wes =
        server.send(
            server
                .to("/ga4gh/wes/v1/runs/nothing/cancel")
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(wes.statusCode()).isEqualTo(404);
    String tool =
        "{\"cwlVersion\": \"v1.2\", \"class\": \"CommandLineTool\", \"id\": \"done\", \"baseCommand\": \"true\", \"inputs\": [], \"outputs\": []}";
    FormBody form =
        new FormBody()
            .text("workflow_type", "CWL")
            .text("workflow_type_version", "v1.2")
            .text("workflow_url", "done.cwl")
            .file("workflow_attachment", "done.cwl", tool);
    HttpResponse<String> byWes = server.send(form.to(server.to("/ga4gh/wes/v1/runs")));
    String runOfWes = TestServer.JSON.readTree(byWes.body()).get("run_id").asString();
    server.send(
        server
            .to("/ogc/processes")
            .header("Content-Type", "application/cwl+json")
            .POST(HttpRequest.BodyPublishers.ofString(tool)));
    String link =
        server
            .postJson("/ogc/processes/done/execution", "{}")
            .headers()
            .firstValue("Link")
            .orElseThrow();
    String runOfOgc = link.replaceAll("^<.*/jobs/([^>]+)>.*", "$1");
    server.send(server.to("/jobs/nothing").DELETE());
    server.postJson("/api/v1/tokens", "{\"name\": \"scraper\"}");
    server.send(server.to(run).DELETE());

    String audit = Files.readString(data.resolve("audit.log"));
    String id = run.substring(run.lastIndexOf('/') + 1);
    assertThat(audit.lines())
        .anyMatch(line -> line.contains("\"path\":\"/api/v1/runs\"") && line.contains(id))
        .anyMatch(line -> line.contains("/ga4gh/wes/v1/runs/nothing/cancel"))
        .anyMatch(line -> isAbout(line, "/ga4gh/wes/v1/runs", runOfWes))
        .anyMatch(line -> isAbout(line, "/ogc/processes/done/execution", runOfOgc))
        .anyMatch(line -> line.contains("\"method\":\"DELETE\",\"path\":\"/jobs/nothing\""))
        .anyMatch(line -> line.contains("/api/v1/tokens"))
        .anyMatch(line -> line.contains("\"method\":\"DELETE\"") && line.contains(id));
  }

  private static boolean isAbout(String line, String path, String run) {
    JsonNode fields = TestServer.JSON.readTree(line);
    return fields.get("path").asString().equals(path) && fields.get("run").asString("").equals(run);
  }
}
