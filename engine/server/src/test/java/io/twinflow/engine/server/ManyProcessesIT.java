package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.timer;
import static io.twinflow.engine.server.Bpmn.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A thousand processes at once, each with a person, a timer, two parallel workflows and a caught
 * failure.
 */
@Tag("long")
final class ManyProcessesIT {

  private static final int PROCESSES = 1_000;
  private static final int RUNS_OF_EACH = 3;
  private static final int CALLERS = 4;
  private static final int PAGE = 1_000;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final String RUNS = "/api/v1/runs";

  private static final String SAME =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"word": "string"}, "outputs": {"said": "string"},
       "expression": "${ if (inputs.word == 'fail') { throw 'no'; } return {said: inputs.word}; }"}
      """;

  private static final String PROCESS =
      document(
          "many",
          field("n", "integer"),
          "<startEvent id=\"start\"/><parallelGateway id=\"both\"/>"
              + Bpmn.run("one", "same", "one-${n}", "first")
              + Bpmn.run("two", "same", "two-${n}", "second")
              + "<parallelGateway id=\"joined\"/>"
              + Bpmn.run("breaks", "same", "fail", "never")
              + "<boundaryEvent id=\"caught\" attachedToRef=\"breaks\"><errorEventDefinition/></boundaryEvent>"
              + timer("later", "PT1S")
              + userTask("confirm", "", "")
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

  @TempDir private Path folder;

  private static void all(List<Callable<Integer>> calls, int status) throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (Future<Integer> call : callers.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(status);
      }
    }
  }

  private static JsonNode tasks(TestServer server) throws Exception {
    return server.json("/api/v1/tasks?limit=" + PAGE).get("tasks");
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void write(double accepted, double waiting, double answered, double ended)
      throws IOException {
    FiguresFile.write(
        "processes.md",
        String.format(
            Locale.ROOT,
            """
            # A thousand processes at once

            Written by `ManyProcessesIT`: %,d processes over REST by %d clients, each with two parallel runs, a third one whose failure is caught, a timer of a second and
            a task for a person. A run is one expression. Clients, server and PostgreSQL (with fsync) share the machine.

            %s
            | | seconds | a second |
            |---|---|---|
            | all are accepted | %.1f | %.0f processes |
            | all %,d runs have ended, and all processes wait for a person | %.1f | %.0f runs |
            | all tasks are completed | %.1f | %.0f tasks |
            | all processes have ended, from the first completion on | %.1f | %.0f processes |
            """,
            PROCESSES,
            CALLERS,
            FiguresFile.machine(),
            accepted,
            PROCESSES / accepted,
            PROCESSES * RUNS_OF_EACH,
            waiting,
            PROCESSES * RUNS_OF_EACH / waiting,
            answered,
            PROCESSES / answered,
            ended,
            PROCESSES / ended));
  }

  @Test
  void aThousandProcessesGoOnAtOnce() throws Exception {
    ServerSettings settings = ServerSettings.in(folder).withTrust(Trust.IN_TOOLS);
    try (TestServer server = TestServer.start(settings)) {
      Bpmn.keep(server, "application/cwl", "same", SAME);
      Bpmn.keep(server, "application/xml", "many", PROCESS);
      long begun = System.nanoTime();
      List<Callable<Integer>> starts = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        String body = "{\"workflow\": \"many\", \"inputs\": {\"n\": %d}}".formatted(i);
        starts.add(() -> server.postJson(RUNS, body).statusCode());
      }
      all(starts, CREATED);
      double accepted = seconds(begun);
      Awaitility.await()
          .atMost(Duration.ofMinutes(15))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> tasks(server).size() == PROCESSES);
      double waiting = seconds(begun);
      long completed = System.nanoTime();
      List<Callable<Integer>> completions = new ArrayList<>();
      for (JsonNode task : tasks(server)) {
        String path = task.at("/links/self").asString() + "/complete";
        completions.add(() ->
            server
                .send(
                    server
                        .to(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode());
      }
      all(completions, NO_CONTENT);
      double answered = seconds(completed);
      String succeeded = RUNS + "?workflow=many&state=succeeded&limit=" + PAGE;
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> server.json(succeeded).get("runs").size() == PROCESSES);
      double ended = seconds(completed);
      assertThat(runsOfAll(server)).hasSize(PROCESSES * RUNS_OF_EACH);
      write(accepted, waiting, answered, ended);
    }
  }

  private static Set<String> runsOfAll(TestServer server) throws Exception {
    Set<String> ids = new HashSet<>();
    String next = RUNS + "?workflow=same&limit=" + PAGE;
    while (next != null) {
      JsonNode page = server.json(next);
      page.get("runs").forEach(run -> ids.add(run.get("id").asString()));
      next = page.has("next") ? page.get("next").asString() : null;
    }
    return ids;
  }
}
