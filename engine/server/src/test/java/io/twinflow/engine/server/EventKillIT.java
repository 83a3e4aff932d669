package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Events are sent, each several times, while servers and their database are killed: each starts its
 * run, once.
 */
final class EventKillIT {

  private static final int EVENTS = 60;
  private static final int SENDERS = 4;
  private static final long SEED = 4711;

  @TempDir private Path folder;

  private static JsonNode json(HttpResponse<String> answer) {
    return TestServer.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(
      ChildServer server, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return server.send(
        server.to(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)));
  }

  /** As a sender does that may not lose one: until it is answered, and now and then once more. */
  private static void send(Installation installation, int number) {
    String event =
        """
        {"specversion":"1.0","id":"e%d","source":"/kill","type":"reading","data":{"number":%d}}
        """
            .formatted(number, number);
    int times = number % 3 == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      installation.insist(
          server -> send(server, "POST", "/api/v1/events", "application/cloudevents+json", event),
          answer -> answer.statusCode() == 202);
    }
  }

  private static JsonNode all(Installation installation, String path, String field, int expected) {
    return json(installation.insist(
            server -> server.get(path),
            answer -> answer.statusCode() == 200 && json(answer).get(field).size() >= expected))
        .get(field);
  }

  @Test
  void eachEventStartsItsRunOnce() throws Exception {
    try (PrivatePostgres database = PrivatePostgres.start(folder.resolve("postgres"));
        Installation installation = new Installation(folder.resolve("shared"), database, 2);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      installation.awaitUp();
      String workflow =
          """
          {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "count",
           "requirements": [{"class": "InlineJavascriptRequirement"}],
           "inputs": {"number": "int"}, "outputs": {"same": "int"},
           "expression": "${ return {same: inputs.number}; }"}
          """;
      installation.insist(
          server ->
              send(server, "POST", "/api/v1/workflows?name=count", "application/cwl", workflow),
          answer -> answer.statusCode() < 300);
      String trigger =
          "name: kill\nfilter: {source: /kill}\nworkflow: count\ninputs: {number: $(self.data.number)}\n";
      installation.insist(
          server -> send(server, "PUT", "/api/v1/triggers/kill", "application/yaml", trigger),
          answer -> answer.statusCode() < 300);
      Random random = new Random(SEED);
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        int number = i;
        sent.add(senders.submit(() -> send(installation, number)));
        if (i % 20 == 10) {
          sent.get(i - 10).get();
          installation.killServer(random);
        }
        if (i == 35) {
          sent.get(i - 10).get();
          installation.killDatabase();
        }
      }
      for (Future<?> each : sent) {
        each.get();
      }
      JsonNode firings =
          all(installation, "/api/v1/firings?state=done&limit=1000", "firings", EVENTS);
      Set<String> runs = new TreeSet<>();
      firings.forEach(firing -> runs.add(firing.get("run").asString()));
      assertThat(runs).hasSize(EVENTS);
      assertThat(all(installation, "/api/v1/firings?limit=1000", "firings", EVENTS))
          .hasSize(EVENTS);
      Set<Integer> numbers = new TreeSet<>();
      for (JsonNode run :
          all(installation, "/api/v1/runs?label=trigger=kill&limit=1000", "runs", EVENTS)) {
        assertThat(run.get("state").asString()).isEqualTo("succeeded");
        numbers.add(number(installation, run.get("id").asString()));
      }
      assertThat(all(installation, "/api/v1/runs?limit=1000", "runs", EVENTS)).hasSize(EVENTS);
      assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, EVENTS).boxed().toList());
    }
  }

  private static int number(Installation installation, String run) {
    return json(installation.insist(
            server -> server.get("/api/v1/runs/" + run + "/outputs"),
            answer -> answer.statusCode() == 200))
        .findValue("same")
        .asInt();
  }
}
