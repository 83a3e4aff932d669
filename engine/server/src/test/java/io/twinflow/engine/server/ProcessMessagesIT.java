package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events from outside become messages and signals to processes, each one once. */
final class ProcessMessagesIT {

  private static final int GAUGES = 20;
  private static final String RUNS = "/api/v1/runs";
  private static final String TRIGGER =
      """
      name: tell
      filter: {source: /gauges}
      message: {name: go, where: {gauge: $(self.subject)}, values: {last: $(self.id)}, within: 2m}
      """;

  /** A message that was given twice would end the process. */
  private static final String PROCESS =
      document(
          "waits",
          field("gauge", "text"),
          chain(
              "<receiveTask id=\"first\" messageRef=\"go\"/><receiveTask id=\"second\" messageRef=\"go\"/>",
              "first",
              "second"));

  private static final String STORM =
      """
      name: storm
      filter: {source: /storms}
      signal: {name: storm, values: {last: $(self.id)}}
      """;

  /** The person's task shows that it listens: it stands beside, and goes with the process. */
  private static final String LISTENS =
      document(
          "listens",
          field("gauge", "text"),
          chain(
                  "<userTask id=\"first\"/><boundaryEvent id=\"once\" attachedToRef=\"first\">%1$s</boundaryEvent><intermediateCatchEvent id=\"second\">%1$s</intermediateCatchEvent>"
                      .formatted("<signalEventDefinition signalRef=\"storm\"/>"),
                  "first",
                  "second")
              + Bpmn.arrow("once", "second"));

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

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return TestServer.JSON.readTree(answer.body());
  }

  private JsonNode send(String method, String path, String type, String body) throws Exception {
    return json(
        server.send(
            server
                .to(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))));
  }

  private void tell(String id) throws Exception {
    StringBuilder events = new StringBuilder("[");
    for (int i = 0; i < GAUGES; i++) {
      events
          .append(i == 0 ? "" : ",")
          .append(
              "{\"specversion\":\"1.0\",\"id\":\"%s-%d\",\"source\":\"/gauges\",\"type\":\"reading\",\"subject\":\"g%d\"}"
                  .formatted(id, i, i));
    }
    send("POST", "/api/v1/events", "application/cloudevents-batch+json", events + "]");
  }

  private int firings(String state) throws Exception {
    return server.json("/api/v1/firings?limit=1000&state=" + state).get("firings").size();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(condition);
  }

  private String state(String run) throws Exception {
    return server.json(RUNS + "/" + run).get("state").asString();
  }

  private long told(String run) throws Exception {
    return server
        .get(RUNS + "/" + run + "/events")
        .body()
        .lines()
        .filter(line -> line.contains("has come") && line.startsWith("data:"))
        .count();
  }

  @Test
  void eachMessageIsGivenOnceWhereverTheServerDies() throws Exception {
    send("POST", "/api/v1/workflows?name=waits", "application/xml", PROCESS);
    send("PUT", "/api/v1/triggers/tell", "application/yaml", TRIGGER);
    // Nobody waits yet: these wait for the processes.
    tell("one");
    await(() -> firings("waiting") == GAUGES);
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < GAUGES; i++) {
      String body = "{\"workflow\": \"waits\", \"inputs\": {\"gauge\": \"g%d\"}}".formatted(i);
      runs.add(json(server.postJson(RUNS, body)).get("id").asString());
    }
    kill();
    await(() -> firings("done") > 0);
    kill();
    await(() -> firings("done") == GAUGES);
    for (String run : runs) {
      assertThat(state(run)).isEqualTo("running");
    }
    tell("two");
    kill();
    for (int i = 0; i < GAUGES; i++) {
      String run = runs.get(i);
      await(() -> state(run).equals("succeeded"));
      assertThat(server.json(RUNS + "/" + run + "/outputs").toString())
          .contains("\"last\":\"two-" + i + "\"");
      assertThat(told(run)).isEqualTo(2);
      assertThat(server.json("/api/v1/firings?run=" + run).get("firings")).hasSize(2);
    }
  }

  /** A signal that was given twice would end the process. */
  @Test
  void eachSignalReachesAllThatListenOnceWhereverTheServerDies() throws Exception {
    send("POST", "/api/v1/workflows?name=listens", "application/xml", LISTENS);
    send("PUT", "/api/v1/triggers/storm", "application/yaml", STORM);
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < GAUGES; i++) {
      String body = "{\"workflow\": \"listens\", \"inputs\": {\"gauge\": \"g%d\"}}".formatted(i);
      runs.add(json(server.postJson(RUNS, body)).get("id").asString());
    }
    for (String run : runs) {
      await(() -> server.json("/api/v1/tasks?run=" + run).get("tasks").size() == 1);
    }
    storm("one");
    kill();
    await(() -> firings("done") == 1);
    for (String run : runs) {
      await(() -> server.json("/api/v1/tasks?run=" + run).get("tasks").isEmpty());
      assertThat(state(run)).isEqualTo("running");
    }
    assertThat(server.json("/api/v1/firings").get("firings").get(0).get("reason").asString())
        .isEqualTo("the signal \"storm\" has reached %d processes".formatted(GAUGES));
    storm("two");
    kill();
    for (String run : runs) {
      await(() -> state(run).equals("succeeded"));
      assertThat(server.json(RUNS + "/" + run + "/outputs").toString())
          .contains("\"last\":\"two\"");
      assertThat(told(run)).isEqualTo(2);
    }
  }

  private void storm(String id) throws Exception {
    send(
        "POST",
        "/api/v1/events",
        "application/cloudevents+json",
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/storms\",\"type\":\"storm\"}"
            .formatted(id));
  }
}
