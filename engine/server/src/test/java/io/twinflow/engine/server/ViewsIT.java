package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
import tools.jackson.databind.node.ObjectNode;

/** Steps, tasks and the stream of a run with a scatter and a failing step. */
final class ViewsIT {

  private static final int SHARDS = 30;

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}}
      inputs: {numbers: 'int[]'}
      outputs: {results: {type: 'File[]', outputSource: work/result}}
      steps:
        work:
          scatter: number
          in: {number: numbers}
          out: [result]
          run:
            class: CommandLineTool
            baseCommand: echo
            inputs: {number: {type: int, inputBinding: {}}}
            stdout: result.txt
            outputs: {result: stdout}
        fail:
          in: {after: work/result}
          out: []
          run:
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo no more >&2; exit 7']
            inputs: {after: 'File[]'}
            outputs: {}
      """;

  @TempDir static Path data;
  private static TestServer server;
  private static String run;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
    ObjectNode body = TestServer.JSON.createObjectNode();
    ObjectNode inputs = body.put("workflow", WORKFLOW).putObject("inputs");
    for (int i = 0; i < SHARDS; i++) {
      inputs.withArray("numbers").add(i);
    }
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    run = "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> "failed".equals(server.json(run).get("state").asString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aScatterIsOneStepWithCounters() throws Exception {
    JsonNode steps = server.json(run + "/steps").get("steps");
    assertThat(steps.get(0).get("step").asString()).isEqualTo("work");
    assertThat(steps.get(0).get("done").asInt()).isEqualTo(SHARDS);
    assertThat(steps.get(1).get("failed").asInt()).isEqualTo(1);
  }

  @Test
  void tasksComeInPagesThatLeaveNothingOut() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.json(run + "/tasks?state=failed").get("tasks").size() == 1);
    List<String> addresses = new ArrayList<>();
    String next = run + "/tasks?limit=7&step=work";
    while (next != null) {
      JsonNode page = server.json(next);
      for (JsonNode task : page.get("tasks")) {
        assertThat(task.get("state").asString()).isEqualTo("succeeded");
        addresses.add(task.get("address").asString());
      }
      next = page.get("next").isNull() ? null : page.get("next").asString();
    }
    assertThat(addresses).hasSize(SHARDS).doesNotHaveDuplicates().contains("/work[17]");
    JsonNode failed = server.json(run + "/tasks?state=failed").get("tasks").get(0);
    assertThat(failed.get("exitCode").asInt()).isEqualTo(7);
    assertThat(failed.at("/failure/message").asString()).contains("no more");
    assertThat(server.json(run + "/tasks/" + failed.get("task").asLong())).isEqualTo(failed);
    assertThat(server.get(run + "/tasks?limit=0").statusCode()).isEqualTo(400);
    assertThat(server.get(run + "/tasks/4711").statusCode()).isEqualTo(404);
  }

  @Test
  void whoHasHeardOfTheEndFindsAllTasksEnded() throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", WORKFLOW).putObject("inputs").putArray("numbers").add(1);
    JsonNode answer =
        TestServer.JSON.readTree(server.postJson("/api/v1/runs", body.toString()).body());
    String other = "/api/v1/runs/" + answer.get("id").asString();
    server.get(other + "/events").body();

    JsonNode tasks = server.json(other + "/tasks").get("tasks");

    assertThat(tasks).extracting(task -> task.get("state").asString()).contains("failed");
    assertThat(tasks).allSatisfy(task -> assertThat(task.get("ended").isNull()).isFalse());
  }

  @Test
  void aStreamGoesOnWhereItWasCutOff() throws Exception {
    String whole = server.get(run + "/events").body();
    List<String> ids = whole.lines().filter(line -> line.startsWith("id:")).toList();
    assertThat(whole).contains("event:run", "\"state\":\"queued\"", "event:task", "/work[17]");
    assertThat(whole.strip()).endsWith("}");
    String lastRun = whole.substring(whole.lastIndexOf("event:run"));
    assertThat(lastRun).contains("\"state\":\"failed\"");

    String middle = ids.get(ids.size() / 2);
    String rest =
        server.send(server.to(run + "/events").header("Last-Event-ID", middle.substring(3))).body();
    List<String> left = rest.lines().filter(line -> line.startsWith("id:")).toList();
    assertThat(left).isEqualTo(ids.subList(ids.lastIndexOf(middle) + 1, ids.size())).isNotEmpty();
  }
}
