package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Limits of runs and tasks, priorities, the queue and its bounds, through the interface. */
final class QueueIT {

  private static final String RUNS = "/api/v1/runs";
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Writes down what it is and when it begins and ends. */
  static final String SCATTER =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}}
      inputs: {name: string, numbers: 'int[]', log: string, seconds: string}
      outputs: []
      steps:
        work:
          scatter: number
          in: {name: name, number: numbers, log: log, seconds: seconds}
          out: []
          run:
            class: CommandLineTool
            requirements: {ResourceRequirement: {coresMin: 0.1, ramMin: 1}}
            baseCommand: [sh, -c, 'echo "start $0 $1" >> $2; sleep $3; echo "end $0 $1" >> $2']
            inputs:
              name: {type: string, inputBinding: {position: 1}}
              number: {type: int, inputBinding: {position: 2}}
              log: {type: string, inputBinding: {position: 3}}
              seconds: {type: string, inputBinding: {position: 4}}
            outputs: []
      """;

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLimited() throws Exception {
    for (JsonNode limit : server.json("/api/v1/limits").get("limits")) {
      String path =
          "/api/v1/limits/%s/%s"
              .formatted(limit.get("of").asString(), limit.get("name").asString());
      server.send(server.to(path.replace("*", "%2A")).DELETE());
    }
    for (JsonNode run : server.json(RUNS + "?state=queued,running,paused&limit=1000").get("runs")) {
      server.postJson(RUNS + "/" + run.get("id").asString() + "/cancel", "{}");
    }
    Awaitility.await()
        .atMost(BOUND)
        .until(() ->
            server.json(RUNS + "?state=queued,running,paused,cancelling").get("runs").isEmpty());
  }

  private static void limit(String what, String json) throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .to("/api/v1/limits/" + what)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String token(String subject, String more) throws Exception {
    HttpResponse<String> answer =
        server.postJson(
            "/api/v1/tokens",
            "{\"subject\": \"%s\", \"name\": \"t%d\"%s}"
                .formatted(subject, System.nanoTime(), more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("token").asString();
  }

  private static String body(String name, Path log, int tasks, String seconds, int priority) {
    ObjectNode body = TestServer.JSON.createObjectNode();
    ObjectNode inputs = body.put("workflow", SCATTER).put("name", name).putObject("inputs");
    inputs.put("name", name).put("log", log.toString()).put("seconds", seconds);
    inputs.putArray("numbers");
    for (int i = 0; i < tasks; i++) {
      inputs.withArray("numbers").add(i);
    }
    body.putObject("options").put("priority", priority).put("useCache", false);
    return body.toString();
  }

  private static HttpRequest.Builder submission(String token, String body) {
    return server
        .to(RUNS)
        .setHeader("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static String submit(String token, String body) throws Exception {
    HttpResponse<String> answer = server.send(submission(token, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static JsonNode run(String id) throws Exception {
    return server.json(RUNS + "/" + id);
  }

  private static void awaitState(String id, String state) {
    Awaitility.await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(run(id).get("state").asString()).isEqualTo(state));
  }

  private static List<String> lines(Path log, String begin) throws Exception {
    return Files.exists(log)
        ? Files.readAllLines(log).stream().filter(line -> line.startsWith(begin)).toList()
        : List.of();
  }

  /** The most that were between their beginning and their end, by the order of what was written. */
  private static int mostAtOnce(Path log) throws Exception {
    int now = 0;
    int most = 0;
    for (String line : Files.readAllLines(log)) {
      now += line.startsWith("start") ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }

  @Test
  void tasksOfASubjectNeverExceedItsLimitAndTheRunSaysWhyOthersWait() throws Exception {
    Path log = folder.resolve("tasks.log");
    limit("subject/tess", "{\"tasks\": 2}");
    String tess = token("tess", "");
    String one = submit(tess, body("a", log, 12, "0.3", 0));
    String two = submit(tess, body("b", log, 12, "0.3", 0));
    Awaitility.await()
        .atMost(BOUND)
        .untilAsserted(
            () -> assertThat(run(one).at("/waiting/code").asString("")).isEqualTo("limit.subject"));
    assertThat(run(one).at("/waiting/reason").asString())
        .isEqualTo("limit of the subject tess: 2 tasks at once");
    JsonNode step = server.json(RUNS + "/" + one + "/steps").at("/steps/0");
    assertThat(step.at("/waitingFor/code").asString()).isEqualTo("limit.subject");
    JsonNode tasks = server.json(RUNS + "/" + one + "/tasks?state=created").get("tasks");
    assertThat(tasks.get(tasks.size() - 1).at("/waiting/code").asString())
        .isEqualTo("limit.subject");
    assertThat(server.get("/api/v1/queue").body()).contains(one, "\"tasks\":");
    awaitState(one, "succeeded");
    awaitState(two, "succeeded");
    assertThat(mostAtOnce(log)).isEqualTo(2);
    assertThat(lines(log, "end")).hasSize(24);
    assertThat(run(one).has("waiting")).isFalse();
  }

  @Test
  void aRunBeyondALimitIsAcceptedWaitsInItsPlaceAndCanBeCancelledUnbegun() throws Exception {
    Path log = folder.resolve("runs.log");
    limit("subject/rob", "{\"runs\": 1}");
    String rob = token("rob", ", \"maxPriority\": 50");
    String first = submit(rob, body("first", log, 1, "3", 0));
    awaitState(first, "running");
    String low = submit(rob, body("low", log, 1, "0", -10));
    String gone = submit(rob, body("gone", log, 1, "0", 0));
    String high = submit(rob, body("high", log, 1, "0", 50));
    assertThat(run(low).get("state").asString()).isEqualTo("queued");
    assertThat(run(low).at("/waiting/reason").asString())
        .isEqualTo("limit of the subject rob: 1 runs at once");
    List<String> places = new ArrayList<>();
    server.json("/api/v1/queue").get("runs").forEach(row -> places.add(row.get("run").asString()));
    assertThat(places).containsSubsequence(high, gone, low);
    String other = token("olga", "");
    HttpResponse<String> hidden =
        server.send(server.to("/api/v1/queue").setHeader("Authorization", "Bearer " + other));
    assertThat(hidden.body()).doesNotContain(high);
    server.postJson(RUNS + "/" + gone + "/cancel", "{}");
    awaitState(gone, "cancelled");
    awaitState(low, "succeeded");
    assertThat(lines(log, "start")).containsExactly("start first 0", "start high 0", "start low 0");
  }

  @Test
  void fiveStepsEndLongBeforeTwoThousandOfAnotherSubjectOrOfLowerPriority() throws Exception {
    Path log = folder.resolve("fair.log");
    String anna = token("anna", "");
    String large = submit(anna, body("large", log, 2_000, "0", -5));
    Awaitility.await().atMost(BOUND).until(() -> lines(log, "start large").size() > 5);
    String other = submit(token("bert", ""), chain("other", log, -100));
    String urgent = submit(anna, chain("urgent", log, 0));
    awaitState(other, "succeeded");
    awaitState(urgent, "succeeded");
    server.postJson(RUNS + "/" + large + "/cancel", "{}");
    awaitState(large, "cancelled");
    List<String> order = lines(log, "");
    for (String name : List.of("other", "urgent")) {
      List<String> before = order.subList(0, order.indexOf("end " + name + " 5") + 1);
      assertThat(before.stream().filter(line -> line.startsWith("end large")).count())
          .as("how many of 2,000 ended before the last of %s", name)
          .isPositive()
          .isLessThan(800);
    }
  }

  /** Five steps, one after the other. */
  private static String chain(String name, Path log, int priority) {
    StringBuilder text =
        new StringBuilder(
            "cwlVersion: v1.2\nclass: Workflow\ninputs: {begin: string}\noutputs: []\nsteps:\n");
    for (int step = 1; step <= 5; step++) {
      text.append(
          """
            s%1$d:
              in: {before: %2$s}
              out: [done]
              run:
                class: CommandLineTool
                requirements: {ResourceRequirement: {coresMin: 0.1, ramMin: 1}}
                baseCommand: [sh, -c, 'echo "end %3$s %1$d" >> %4$s']
                inputs: {before: string}
                outputs: {done: {type: string, outputBinding: {outputEval: "%1$d"}}}
          """
              .formatted(step, step == 1 ? "begin" : "s" + (step - 1) + "/done", name, log));
    }
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", text.toString()).putObject("inputs").put("begin", name);
    body.putObject("options").put("priority", priority).put("useCache", false);
    return body.toString();
  }

  @Test
  void nobodyRaisesAPriorityBeyondTheirToken() throws Exception {
    Path log = folder.resolve("priority.log");
    String plain = token("paul", "");
    HttpResponse<String> refused = server.send(submission(plain, body("x", log, 1, "0", 1)));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("up to 0, found 1");
    assertThat(server.postJson(RUNS, body("x", log, 1, "0", 101)).statusCode()).isEqualTo(400);
    String raised = submit(token("paul", ", \"maxPriority\": 7"), body("x", log, 1, "0", 7));
    assertThat(run(raised).get("priority").asInt()).isEqualTo(7);
    assertThat(
            server
                .send(server.to("/api/v1/limits").setHeader("Authorization", "Bearer " + plain))
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> wrong =
        server.send(
            server
                .to("/api/v1/limits/queue/x")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}")));
    assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
  }

  @Test
  void ofManyThatComeAtABoundExactlyAsManyPassAndTheAnswerOfOneIsNeverRefused() throws Exception {
    Path log = folder.resolve("bound.log");
    limit("site/%2A", "{\"runs\": 0, \"queued\": 5}");
    String body = body("held", log, 1, "0", 0);
    HttpRequest.Builder keyed =
        server
            .to(RUNS)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "the-first")
            .POST(BodyPublishers.ofString(body));
    List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
    calls.add(() -> server.send(keyed));
    for (int i = 1; i < 40; i++) {
      calls.add(() -> server.postJson(RUNS, body));
    }
    HttpResponse<String> first = server.send(keyed);
    assertThat(first.statusCode()).isEqualTo(201);
    int made = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<HttpResponse<String>> call : threads.invokeAll(calls)) {
        HttpResponse<String> answer = call.get();
        if (answer.statusCode() == 201) {
          made++;
        } else {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          assertThat(answer.body()).contains("\"code\":\"queue.full\"");
        }
      }
    }
    assertThat(made).as("the answer that was given again, and four more").isEqualTo(5);
    assertThat(server.send(keyed).headers().firstValue("Idempotent-Replayed")).contains("true");
    Set<String> queued = new HashSet<>();
    server.json("/api/v1/queue").get("runs").forEach(row -> queued.add(row.get("run").asString()));
    assertThat(queued).hasSize(5);
    FormBody form =
        new FormBody()
            .text("workflow_params", "{}")
            .text("workflow_type", "CWL")
            .text("workflow_type_version", "v1.2")
            .text("workflow_url", "tool.cwl")
            .file(
                "workflow_attachment",
                "tool.cwl",
                "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: 'true'\ninputs: []\noutputs: []\n");
    HttpResponse<String> wes = server.send(form.to(server.to("/ga4gh/wes/v1/runs")));
    assertThat(wes.statusCode()).as(wes.body()).isEqualTo(429);
    assertThat(wes.headers().firstValue("Retry-After")).isPresent();
    assertThat(TestServer.JSON.readTree(wes.body()).get("status_code").asInt()).isEqualTo(429);
    String tool =
        "{\"cwlVersion\": \"v1.2\", \"class\": \"CommandLineTool\", \"id\": \"wait\", \"baseCommand\": \"true\", \"inputs\": [], \"outputs\": []}";
    HttpRequest.Builder deploy =
        server
            .to("/ogc/processes")
            .header("Content-Type", "application/cwl+json")
            .POST(BodyPublishers.ofString(tool));
    assertThat(server.send(deploy).statusCode()).isEqualTo(201);
    HttpResponse<String> job = server.postJson("/ogc/processes/wait/execution", "{}");
    assertThat(job.statusCode()).as(job.body()).isEqualTo(429);
    assertThat(job.headers().firstValue("Retry-After")).isPresent();
    JsonNode exception = TestServer.JSON.readTree(job.body());
    assertThat(exception.get("status").asInt()).isEqualTo(429);
    assertThat(exception.get("type").asString()).isEqualTo("about:blank");
    assertThat(exception.get("detail").asString()).isNotBlank();
    limit("site/%2A", "{}");
    for (String run : queued) {
      awaitState(run, "succeeded");
    }
    assertThat(lines(log, "start")).hasSize(5);
  }
}
