package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinflow.engine.server.boot.Listening;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs at functions that share nothing with the server but what both reach: its store. */
final class SiteExchangeIT {

  private static final String REACH =
      """
      {"cwlVersion": "v1.2", "$graph": [
        {"id": "main", "class": "Workflow", "inputs": {"where": "string"},
         "requirements": {"InlineJavascriptRequirement": {}, "StepInputExpressionRequirement": {}},
         "outputs": {"out": {"type": "File", "outputSource": "read/out"}},
         "steps": {
           "read": {"run": "#read", "out": ["out"], "in": {"where": "where",
             "file": {"valueFrom": "${return {class: 'File', location: inputs.where};}"}}}}},
        {"id": "read", "class": "CommandLineTool", "baseCommand": "cat",
         "inputs": {"file": {"type": "File", "inputBinding": {}}},
         "stdout": "read", "outputs": {"out": "stdout"}}
      ]}
      """;

  @TempDir static Path folder;
  private static TestBucket outputs;
  private static TestServer server;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    String functions = System.getenv("TWINFLOW_FUNCTIONS_URL");
    if (functions == null) {
      abort(
          "no functions: TWINFLOW_FUNCTIONS_URL is not set; call eval \"$(peers/functions start)\"");
    }
    outputs = TestBucket.make();
    data = Files.createDirectories(folder.resolve("data"));
    int port = freePort();
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        exchange: {url: "http://127.0.0.1:%d"}
        sites:
          fn:
            type: functions
            functions: {"*": "%s"}
            poll: 100ms
            allowUnsandboxed: true
          tells:
            type: functions
            functions: {"*": "%s"}
            wait: false
            poll: 1h
            allowUnsandboxed: true
        """
            .formatted(port, functions, functions));
    server =
        TestServer.start(
            ServerSettings.in(data)
                .withListening(new Listening("127.0.0.1", port, null))
                .withTrust(Trust.IN_TOOLS)
                .withStores(
                    new StoreSettings(
                        "s3://" + outputs.name() + "/twin flow",
                        outputs.sitesFile(folder, "nothing"),
                        1000)));
  }

  /** None that the system gives to whoever asks for any. */
  private static int freePort() {
    return ThreadLocalRandom.current()
        .ints(20_000, 30_000)
        .filter(SiteExchangeIT::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      outputs.close();
    }
  }

  private static JsonNode ended(TestServer as, String workflow, ObjectNode inputs)
      throws Exception {
    return ended(as, workflow, inputs, "fn");
  }

  private static JsonNode ended(TestServer as, String workflow, ObjectNode inputs, String site)
      throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", workflow);
    body.set("inputs", inputs);
    body.putObject("options").putObject("sites").put("", site);
    HttpResponse<String> answer = as.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() ->
            List.of("succeeded", "failed")
                .contains(as.json("/api/v1/runs/" + id).get("state").asString()));
    return as.json("/api/v1/runs/" + id);
  }

  private static List<Path> copies() throws IOException {
    if (!Files.exists(data.resolve("near"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(data.resolve("near"))) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("nothing")).toList();
    }
  }

  @Test
  void whatTasksThereMakeLiesInTheStoreAndNeverComesHere() throws Exception {
    ObjectNode inputs = TestServer.JSON.createObjectNode();
    inputs.putObject("text").put("class", "File").put("contents", "hello there\n");
    JsonNode run = ended(server, S3DataIT.PACKED, inputs);
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    String id = run.get("id").asString();
    assertThat(copies()).isEmpty();
    String root = "/api/v1/runs/" + id + "/outputs";
    JsonNode made = server.json(root).get("outputs");
    assertThat(made.at("/twice/checksum")).isEqualTo(made.at("/once/checksum"));
    assertThat(made.get("contents").asString()).isEqualTo("hello there\n");
    assertThat(server.get(root + "/twice").body()).isEqualTo("hello there\n");
    assertThat(server.get(root + "/same").body()).isEqualTo("hello there\n");
    assertThat(outputs.objects())
        .anyMatch(name ->
            name.startsWith("twin flow/default/admin/runs/" + id + "/work/")
                && name.endsWith("/out/out + %1.txt"));
  }

  @Test
  void nobodyReadsTheNotesOfSitesOrTheFilesOfOthers() throws Exception {
    TestServer alice = server.as("alice");
    for (String there : List.of("sites/fn/orders/x/order", "default/admin/runs/r/work/1.1/out/x")) {
      ObjectNode inputs = TestServer.JSON.createObjectNode();
      inputs.put("where", "s3://" + outputs.name() + "/twin%20flow/" + there);
      JsonNode run = ended(alice, REACH, inputs);
      assertThat(run.get("state").asString()).isEqualTo("failed");
      assertThat(run.toString()).contains("made by a run of the same person");
    }
  }

  @Test
  void whatFunctionsTellIsHeardLongBeforeTheServerLooks() throws Exception {
    ObjectNode inputs = TestServer.JSON.createObjectNode();
    inputs.putObject("text").put("class", "File").put("contents", "hello there\n");
    JsonNode run = ended(server, S3DataIT.PACKED, inputs, "tells");
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
  }

  @Test
  void whoTellsWithoutTheAttemptsTokenIsRefused() throws Exception {
    String there = "/api/v1/callbacks/tells/x/tf-x-y-1-1";
    assertThat(server.postJson(there, "{}").statusCode()).isEqualTo(401);
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          anybody.send(
              HttpRequest.newBuilder(URI.create(server.url(there)))
                  .header("Authorization", "Bearer guess")
                  .POST(BodyPublishers.ofString(""))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void whoHasNoTicketLearnsNothing() throws Exception {
    for (String ticket : List.of("fn/x", "fn/tf-x-y-1-1", "none/x")) {
      try (HttpClient anybody = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            anybody.send(
                HttpRequest.newBuilder(URI.create(server.url("/api/v1/tickets/" + ticket)))
                    .POST(BodyPublishers.ofString("guess\norder\n"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("there is no such ticket\n");
      }
    }
  }
}
