package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.keep.Sweep;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RetentionIT {

  private static final String RUNS = "/api/v1/runs";
  private static final String RETENTION = "/api/v1/retention";
  private static final String GARBAGE = "/api/v1/garbage";

  private static final String ECHO =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: echo
      inputs: {message: {type: string, inputBinding: {}}}
      stdout: out.txt
      outputs: {said: stdout}
      """;

  private static final String WAIT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c, 'sleep 600; cat "$0"']
      inputs: {before: {type: File, inputBinding: {}}}
      outputs: []
      """;

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String submit(FormBody form) throws Exception {
    HttpResponse<String> answer = server.send(form.to(server.to(RUNS)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static String echo(String workflow, String message, String labels) throws Exception {
    String run =
        submit(
            new FormBody()
                .file("workflow", workflow + ".cwl", ECHO)
                .text("message", message)
                .text("labels", labels));
    await(run, "succeeded");
    return run;
  }

  private static void await(String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(RUNS + "/" + run).get("state").asString()).isEqualTo(state));
  }

  private static int status(String path) throws Exception {
    return server.get(path).statusCode();
  }

  private static void delete(String run, int status) throws Exception {
    assertThat(server.send(server.to(RUNS + "/" + run).DELETE()).statusCode()).isEqualTo(status);
  }

  private static void sweep() throws Exception {
    server.part(Sweep.class).sweep(Duration.ZERO);
  }

  private static HttpResponse<String> rules(String json) throws Exception {
    return server.send(
        server
            .to(RETENTION)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  private static Path files(String run) {
    return data.resolve("runs").resolve(run);
  }

  @Test
  void aRuleKeepsTheNewestAndThePinnedAndADryRunChangesNothing() throws Exception {
    List<String> runs = new ArrayList<>();
    runs.add(echo("counted", "pinned", "{\"keep\": \"\"}"));
    for (int i = 0; i < 3; i++) {
      runs.add(echo("counted", "number " + i, "{}"));
    }
    String other = echo("other", "another workflow", "{}");
    assertThat(rules("{\"rules\": [{\"workflow\": \"counted\", \"maxRuns\": 1}]}").statusCode())
        .isEqualTo(200);
    JsonNode found = server.json(GARBAGE);
    assertThat(found.get("items").findValuesAsString("name"))
        .contains(runs.get(1), runs.get(2))
        .doesNotContain(runs.get(0), runs.get(3), other);
    assertThat(found.get("bytes").asLong()).isPositive();
    assertThat(status(RUNS + "/" + runs.get(1))).isEqualTo(200);

    assertThat(server.postJson(GARBAGE, "").statusCode()).isEqualTo(200);
    assertThat(status(RUNS + "/" + runs.get(1))).isEqualTo(404);
    assertThat(files(runs.get(1))).as("its files have a time of grace").exists();
    sweep();
    assertThat(files(runs.get(1))).doesNotExist();
    assertThat(files(runs.get(2))).doesNotExist();
    for (String kept : List.of(runs.get(0), runs.get(3), other)) {
      assertThat(status(RUNS + "/" + kept + "/outputs/said")).isEqualTo(200);
    }
    rules("{\"rules\": []}");
  }

  @Test
  void whatALaterRunTookFromTheCacheOutlivesTheRunThatMadeIt() throws Exception {
    String made = echo("cached", "once", "{}");
    String taken = echo("cached", "once", "{}");
    assertThat(cached(taken)).isEqualTo(1);
    delete(made, 204);
    assertThat(cached(echo("cached", "once", "{}")))
        .as("what is about to go is not taken by new runs")
        .isZero();
    sweep();
    assertThat(status(RUNS + "/" + made)).isEqualTo(404);
    assertThat(server.get(RUNS + "/" + taken + "/outputs/said").body()).isEqualTo("once\n");
    delete(taken, 204);
    sweep();
    sweep();
    assertThat(files(made)).as("nobody names its files any more").doesNotExist();
  }

  private static int cached(String run) throws Exception {
    return server.json(RUNS + "/" + run + "/steps").at("/steps/0/cached").asInt();
  }

  @Test
  void aRunThatAnOpenOneReadsIsNotDeleted() throws Exception {
    String made = echo("read", "to be read", "{}");
    Path output;
    try (var all = Files.walk(files(made))) {
      output = all.filter(path -> path.endsWith("out.txt")).findFirst().orElseThrow();
    }
    String reads =
        submit(
            new FormBody()
                .file("workflow", "wait.cwl", WAIT)
                .text(
                    "inputs", "{\"before\": {\"class\": \"File\", \"path\": \"" + output + "\"}}"));
    await(reads, "running");
    delete(made, 409);
    rules("{\"rules\": [{\"workflow\": \"read\", \"maxAge\": \"PT0S\"}]}");
    sweep();
    assertThat(status(RUNS + "/" + made + "/outputs/said")).isEqualTo(200);
    rules("{\"rules\": []}");
    server.postJson(RUNS + "/" + reads + "/cancel", "");
    await(reads, "cancelled");
  }

  @Test
  void wrongRulesAreNamed() throws Exception {
    assertThat(rules("{\"rules\": [{\"workflow\": \"*\"}]}").body()).contains("maxAge, maxRuns");
    HttpResponse<String> age = rules("{\"rules\": [{\"workflow\": \"*\", \"maxAge\": \"30d\"}]}");
    assertThat(age.statusCode()).isEqualTo(422);
    assertThat(age.body()).contains("P30D", "found 30d");
    assertThat(rules("{\"rules\": [{\"workflow\": \"a\", \"maxRuns\": -1}]}").statusCode())
        .isEqualTo(422);
  }

  private static void send(String id, String type, int accepted) throws Exception {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/keep\",\"type\":\"%s\"}"
            .formatted(id, type);
    HttpResponse<String> answer =
        server.send(
            server
                .to("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event)));
    assertThat(TestServer.JSON.readTree(answer.body()).get("accepted").asInt())
        .as(answer.body())
        .isEqualTo(accepted);
  }

  private static void trigger(String name, String message) throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .to("/api/v1/triggers/" + name)
                .header("Content-Type", "application/yaml")
                .PUT(
                    BodyPublishers.ofString(
                        "name: %1$s\nfilter: {type: %1$s}\nworkflow: keep-echo\ninputs: {message: %2$s}\n"
                            .formatted(name, message))));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  private static List<String> kept() throws Exception {
    return server
        .json("/api/v1/events?limit=100&source=/keep")
        .get("events")
        .valueStream()
        .map(event -> event.get("id").asString())
        .toList();
  }

  @Test
  void eventsGoWhenTheyAreOldAndTheirRunsAreGoneAndAreKnownAllTheSame() throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=keep-echo")
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(ECHO)));
    trigger("good", "hello");
    trigger("bad", "'$(self.data.nothing.there)'");
    send("nobody", "nothing", 1);
    send("run", "good", 1);
    send("dead", "bad", 1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(server.json("/api/v1/firings?state=done").get("firings")).hasSize(1);
          assertThat(server.json("/api/v1/firings?state=dead").get("firings")).hasSize(1);
        });
    rules("{\"rules\": [], \"events\": {\"maxAge\": \"P30D\"}}");
    server.part(Sweep.class).sweep();
    assertThat(kept()).containsExactly("dead", "run", "nobody");

    rules("{\"rules\": [], \"events\": {\"maxAge\": \"PT0S\"}}");
    assertThat(server.json(GARBAGE).get("items").findValues("kind").toString()).contains("EVENTS");
    server.part(Sweep.class).sweep();
    assertThat(kept()).containsExactly("dead", "run");

    String run =
        server.json("/api/v1/firings?state=done").get("firings").get(0).get("run").asString();
    server.send(server.to(RUNS + "/" + run).DELETE());
    sweep();
    sweep();
    assertThat(kept()).containsExactly("dead");
    assertThat(server.json("/api/v1/firings?state=done").get("firings")).isEmpty();

    send("nobody", "nothing", 0);
    send("run", "good", 0);
    assertThat(kept()).containsExactly("dead");
    rules("{\"rules\": []}");
    assertThat(server.json(RETENTION).has("events")).isFalse();
  }
}
