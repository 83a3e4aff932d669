package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.run;
import static io.twinflow.engine.server.Bpmn.timer;
import static io.twinflow.engine.server.Bpmn.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Processes with a person, a timer, two parallel workflows and a caught failure, whose server is
 * killed at each of their wait states: each goes on where it was, and asks for each run once.
 */
final class ProcessKillIT {

  private static final int PROCESSES = 6;
  private static final int RUNS_OF_EACH = 3;
  private static final String RUNS = "/api/v1/runs";

  private static final String PROCESS =
      document(
          "warn",
          field("n", "integer"),
          "<startEvent id=\"start\"/><parallelGateway id=\"both\"/>"
              + run("one", "echo", "one-${n}", "first")
              + run("two", "echo", "two-${n}", "second")
              + "<parallelGateway id=\"joined\"/>"
              + run("breaks", "echo", "fail", "never")
              + "<boundaryEvent id=\"caught\" attachedToRef=\"breaks\"><errorEventDefinition errorRef=\"task\"/></boundaryEvent>"
              + timer("later", "PT4S")
              + userTask("confirm", "", field("sure", "boolean"))
              + "<endEvent id=\"end\"/><endEvent id=\"not-here\"/>"
              + arrow("start", "both")
              + arrow("both", "one")
              + arrow("both", "two")
              + arrow("one", "joined")
              + arrow("two", "joined")
              + arrow("joined", "breaks")
              + arrow("breaks", "not-here")
              + arrow("caught", "later")
              + arrow("later", "confirm")
              + arrow("confirm", "end"));

  private static final String UNDOES =
      document(
          "undoes",
          "",
          "<startEvent id=\"start\"/>"
              + userTask("book", "", field("seats", "integer"))
              + run("reserve", "echo", "reserved", "reserved")
              + run("breaks", "echo", "fail", "never")
              + "<boundaryEvent id=\"caught\" attachedToRef=\"breaks\"><errorEventDefinition errorRef=\"task\"/></boundaryEvent>"
              + undoneBy("book", userTask("refund", "", field("sure", "boolean")), "refund")
              + undoneBy("reserve", run("release", "echo", "released", "released"), "release")
              + "<endEvent id=\"not-here\"/><endEvent id=\"undo\"><compensateEventDefinition/></endEvent>"
              + arrow("start", "book")
              + arrow("book", "reserve")
              + arrow("reserve", "breaks")
              + arrow("breaks", "not-here")
              + arrow("caught", "undo"));

  private static String undoneBy(String activity, String handler, String id) {
    return """
    <boundaryEvent id="at-%1$s" attachedToRef="%1$s"><compensateEventDefinition/></boundaryEvent>
    <association id="by-%1$s" sourceRef="at-%1$s" targetRef="%2$s"/>%3$s
    """
        .formatted(activity, id, handler.replaceFirst(" id=", " isForCompensation=\"true\" id="));
  }

  @TempDir private Path folder;

  private PrivatePostgres database;
  private ChildServer server;

  @BeforeEach
  void start() throws Exception {
    database = PreparedPostgres.start(folder.resolve("postgres"));
    startServer();
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private void startServer() throws Exception {
    server =
        ChildServer.start(
            folder.resolve("data"), Installation.url(database), folder.resolve("log"));
    server.awaitUp();
  }

  private void kill() throws Exception {
    server.kill();
    startServer();
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return TestServer.JSON.readTree(answer.body());
  }

  private void keep(String type, String name, String document) throws Exception {
    json(
        server.send(
            server
                .to("/api/v1/workflows?name=" + name)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(document))),
        201);
  }

  private JsonNode children(String process) throws Exception {
    return server.json(RUNS + "?label=process=" + process).get("runs");
  }

  private JsonNode tasks() throws Exception {
    return server.json("/api/v1/tasks").get("tasks");
  }

  private void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }

  private boolean allHaveAsked(List<String> processes, int runs) throws Exception {
    for (String process : processes) {
      if (children(process).size() < runs) {
        return false;
      }
    }
    return true;
  }

  private boolean haveFailed(List<String> processes) throws Exception {
    for (String process : processes) {
      if (server.json(RUNS + "?state=failed&label=process=" + process).get("runs").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void processesSurviveKillsAtEachWaitStateAndAskForEachRunOnce() throws Exception {
    keep("application/cwl", "echo", Bpmn.ECHO);
    keep("application/xml", "warn", PROCESS);
    List<String> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      String body = "{\"workflow\": \"warn\", \"inputs\": {\"n\": %d}}".formatted(i);
      processes.add(json(server.postJson(RUNS, body), 201).get("id").asString());
    }
    kill();
    await(() -> allHaveAsked(processes, 1));
    kill();
    await(() -> allHaveAsked(processes, 2));
    kill();
    await(() -> allHaveAsked(processes, RUNS_OF_EACH));
    kill();
    // They wait for their timers, or soon will.
    await(() -> haveFailed(processes));
    kill();
    await(() -> tasks().size() == PROCESSES);
    kill();
    for (JsonNode task : tasks()) {
      assertThat(
              server
                  .postJson(
                      task.at("/links/self").asString() + "/complete",
                      "{\"values\": {\"sure\": true}}")
                  .statusCode())
          .isEqualTo(204);
    }
    kill();
    for (int i = 0; i < PROCESSES; i++) {
      String process = processes.get(i);
      await(() -> server.json(RUNS + "/" + process).get("state").asString().equals("succeeded"));
      assertThat(children(process)).as(children(process).toString()).hasSize(RUNS_OF_EACH);
      assertThat(server.json(RUNS + "/" + process + "/outputs").toString())
          .contains("\"first\":\"one-" + i + "\"", "\"second\":\"two-" + i + "\"", "\"sure\":true");
      assertToldOnce(process);
    }
    assertThat(server.json(RUNS + "?limit=1000").get("runs"))
        .hasSize(PROCESSES * (1 + RUNS_OF_EACH));
    assertThat(tasks()).isEmpty();
  }

  @Test
  void whatWasDoneIsUndoneOnceHoweverOftenTheServerIsKilledMeanwhile() throws Exception {
    keep("application/cwl", "echo", Bpmn.ECHO);
    keep("application/xml", "undoes", UNDOES);
    String process =
        json(server.postJson(RUNS, "{\"workflow\": \"undoes\"}"), 201).get("id").asString();
    complete("book", "{\"seats\": 2}");
    kill();
    await(() -> children(process).size() == 2);
    kill();
    await(() -> children(process).size() == 3);
    kill();
    await(() -> !tasks().isEmpty());
    kill();
    complete("refund", "{\"sure\": true}");
    kill();
    await(() -> server.json(RUNS + "/" + process).get("state").asString().equals("succeeded"));
    assertThat(children(process)).as(children(process).toString()).hasSize(3);
    assertThat(server.json(RUNS + "/" + process + "/outputs").toString())
        .contains("\"released\":\"released\"", "\"sure\":true")
        .doesNotContain("twinflow.");
    assertThat(told(process))
        .doesNotHaveDuplicates()
        .containsSubsequence(
            "undo undoes reserve by release",
            "release has asked for a run of echo",
            "undo undoes book by refund");
  }

  private void complete(String activity, String values) throws Exception {
    await(() -> !tasks().isEmpty());
    JsonNode task = tasks().get(0);
    assertThat(task.get("activity").asString()).isEqualTo(activity);
    assertThat(
            server
                .postJson(
                    task.at("/links/self").asString() + "/complete", "{\"values\": " + values + "}")
                .statusCode())
        .isEqualTo(204);
  }

  private List<String> told(String process) throws Exception {
    return server
        .get(RUNS + "/" + process + "/events")
        .body()
        .lines()
        .filter(line -> line.startsWith("data:") && line.contains("\"text\""))
        .map(line -> TestServer.JSON.readTree(line.substring(5)).get("text").asString())
        .toList();
  }

  /** The journal has each event once and in order, whoever has written it. */
  private void assertToldOnce(String process) throws Exception {
    List<String> told = told(process);
    Set<String> different = new HashSet<>(told);
    assertThat(told).as(process).hasSameSizeAs(different);
    assertThat(told.stream().filter(text -> text.contains(" is done by "))).hasSize(RUNS_OF_EACH);
    assertThat(told.stream().filter(text -> text.contains("has completed confirm"))).hasSize(1);
  }
}
