package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that ended start others, for whom they are. */
final class EndedRunsEventsIT {

  private static final String MAKE =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool",
       "baseCommand": ["sh", "-c", "if [ $0 = fail ]; then exit 3; fi; echo made $0"],
       "inputs": {"word": {"type": "string", "inputBinding": {}}},
       "stdout": "made.txt", "outputs": {"made": {"type": "stdout"}}}
      """;

  private static final String READ =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool", "baseCommand": "cat",
       "inputs": {"file": {"type": "File", "inputBinding": {}}},
       "stdout": "read.txt", "outputs": {"read": {"type": "stdout"}}}
      """;

  @TempDir private Path folder;

  private Path data() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("twinflow.yaml"), "sources: {ends: {type: runs, for: everyone}}");
    return data;
  }

  private static void keep(TestServer as, String name, String document) throws Exception {
    assertThat(Bpmn.keep(as, "application/cwl", name, document).statusCode()).isBetween(200, 201);
  }

  private static HttpResponse<String> save(TestServer as, String name, String rest)
      throws Exception {
    return as.send(
        as.to("/api/v1/triggers/" + name)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString("name: %s\nsource: ends\n%s\n".formatted(name, rest))));
  }

  private static void saved(TestServer as, String name, String rest) throws Exception {
    HttpResponse<String> answer = save(as, name, rest);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static void start(TestServer as, String workflow, String word) throws Exception {
    HttpResponse<String> made =
        as.postJson(
            "/api/v1/runs",
            "{\"workflow\": \"%s\", \"inputs\": {\"word\": \"%s\"}}".formatted(workflow, word));
    assertThat(made.statusCode()).as(made.body()).isBetween(200, 202);
  }

  private static List<JsonNode> list(TestServer as, String path, String field) throws Exception {
    return as.json(path).get(field).valueStream().toList();
  }

  private static List<JsonNode> firings(TestServer as, String query) throws Exception {
    return list(as, "/api/v1/firings?limit=1000&" + query, "firings");
  }

  private static List<JsonNode> events(TestServer server) throws Exception {
    return list(server, "/api/v1/events?limit=1000&type=io.twinflow.run.ended", "events");
  }

  private static void awaitReceiving(TestServer server) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json("/api/v1/sources").toString().contains("\"connected\":true"));
  }

  private static void awaitFirings(TestServer as, String query, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(firings(as, query)).hasSize(count));
  }

  @Test
  void whatARunMadeIsGivenToTheNextOneAndNobodySeesWhatIsNotTheirs() throws Exception {
    try (TestServer server = TestServer.start(data())) {
      awaitReceiving(server);
      TestServer ann = server.as("ann");
      TestServer bob = server.as("bob");
      for (TestServer each : List.of(ann, bob)) {
        keep(each, "make", MAKE);
        keep(each, "read", READ);
      }
      keep(server, "count", MAKE);
      String next =
          """
          filter: {type: io.twinflow.run.ended, subject: make/*, sql: "state = 'succeeded'"}
          workflow: read
          inputs: {file: $(self.data.outputs.made)}
          """;
      saved(ann, "next", next);
      saved(bob, "next-of-bob", next);
      saved(
          server,
          "all",
          "filter: {subject: make/*}\nworkflow: count\ninputs: {word: $(self.data.state)}");
      start(ann, "make", "one");
      start(ann, "make", "fail");

      awaitFirings(ann, "state=done", 1);
      awaitFirings(server, "trigger=all&state=done", 2);
      JsonNode firing = firings(ann, "state=done").getFirst();
      JsonNode run = ann.json("/api/v1/runs/" + firing.get("run").asString());
      assertThat(run.get("state").asString()).isEqualTo("succeeded");
      assertThat(ann.get("/api/v1/runs/" + firing.get("run").asString() + "/outputs/read").body())
          .contains("made one");
      // Its own run has ended as well, and that is an event too; none of them was for Bob.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(events(server)).hasSize(5));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              events(server).stream()
                  .noneMatch(event -> event.get("state").asString().equals("new")));
      assertThat(firings(bob, "")).isEmpty();
      assertThat(list(bob, "/api/v1/events", "events")).isEmpty();
      JsonNode failed =
          events(server).stream()
              .map(event -> event.get("number").asLong())
              .map(number -> json(server, "/api/v1/events/" + number))
              .filter(event -> event.toString().contains("\"failed\""))
              .findFirst()
              .orElseThrow();
      assertThat(failed.toString()).contains("\"kind\":\"TASK\"", "\"subject\":\"ann\"");
    }
  }

  private static JsonNode json(TestServer server, String path) {
    try {
      return server.json(path);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void triggersThatWouldFireThemselvesAreRefusedAndCirclesEnd() throws Exception {
    try (TestServer server = TestServer.start(data())) {
      awaitReceiving(server);
      TestServer ann = server.as("ann");
      keep(ann, "make", MAKE);
      keep(ann, "again", MAKE);
      String inputs = "inputs: {word: again}";
      HttpResponse<String> refused =
          save(ann, "self", "filter: {type: io.twinflow.run.ended}\nworkflow: make\n" + inputs);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body())
          .contains("the ends of its own runs would fire it again", "begin with make/");
      saved(
          ann,
          "fresh",
          "filter: {sql: NOT EXISTS trigger AND state = 'failed'}\nworkflow: make\n" + inputs);
      saved(ann, "ping", "filter: {subject: again/*}\nworkflow: make\n" + inputs);
      saved(ann, "pong", "filter: {subject: make/*}\nworkflow: again\n" + inputs);
      start(ann, "make", "one");

      awaitFirings(ann, "state=dead", 1);
      assertThat(firings(ann, "state=dead").getFirst().get("reason").asString())
          .contains("16 runs, each triggered by the end of the one before");
      awaitFirings(ann, "state=done", 16);
      assertThat(firings(ann, "")).hasSize(17);
      assertThat(firings(ann, "trigger=fresh")).isEmpty();
    }
  }

  @Test
  void whatEndedWhileNobodyReceivedIsAnEventAfterTheRestartAndProcessesAreRunsToo()
      throws Exception {
    Path data = data();
    try (TestServer server = TestServer.start(data)) {
      awaitReceiving(server);
      keep(server, "make", MAKE);
      start(server, "make", "one");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(events(server)).hasSize(1));
    }
    Path configuration = data.resolve("twinflow.yaml");
    String sources = Files.readString(configuration);
    Files.writeString(configuration, "sources: {}");
    try (TestServer server = TestServer.start(data)) {
      keep(server, "say", Bpmn.ECHO);
      HttpResponse<String> kept =
          Bpmn.keep(
              server,
              "application/bpmn+xml",
              "twice",
              Bpmn.document(
                  "twice", "", Bpmn.chain(Bpmn.run("work", "say", "hello", "said"), "work")));
      assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
      HttpResponse<String> made =
          server.postJson("/api/v1/runs", "{\"workflow\": \"twice\", \"inputs\": {}}");
      assertThat(made.statusCode()).as(made.body()).isBetween(200, 202);
      start(server, "make", "two");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              list(server, "/api/v1/runs", "runs").stream()
                  .allMatch(run -> run.get("state").asString().equals("succeeded")));
    }
    Files.writeString(configuration, sources);
    try (TestServer server = TestServer.start(data)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(events(server)).hasSize(4));
      assertThat(events(server).stream().map(event -> event.get("subject").asString()))
          .anyMatch(subject -> subject.startsWith("twice/"))
          .anyMatch(subject -> subject.startsWith("say/"));
      assertThat(events(server).stream().map(event -> event.get("id").asString()))
          .doesNotHaveDuplicates();
    }
  }
}
