package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What tests ask a server about processes. */
final class ProcessApi {

  private static final String RUNS = "/api/v1/runs";

  private ProcessApi() {}

  static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return TestServer.JSON.readTree(answer.body());
  }

  /** Keeps a document in XML, and gives its id. */
  static String kept(TestServer server, String name, String document) throws Exception {
    return json(Bpmn.keep(server, "application/xml", name, document), 201).get("id").asString();
  }

  static String started(TestServer server, String workflow, String inputs) throws Exception {
    String body = "{\"workflow\": \"%s\", \"inputs\": %s}".formatted(workflow, inputs);
    return json(server.postJson(RUNS, body), 201).get("id").asString();
  }

  static JsonNode awaitState(TestServer server, String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(RUNS + "/" + run).get("state").asString()).isEqualTo(state));
    return Awaitility.await().until(() -> server.json(RUNS + "/" + run), found -> true);
  }

  static JsonNode awaitTask(TestServer server, String run) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> server.json("/api/v1/tasks?run=" + run).get("tasks"), found -> !found.isEmpty())
        .get(0);
  }

  static HttpResponse<String> act(TestServer who, JsonNode task, String what, String body)
      throws Exception {
    return who.postJson(task.at("/links/self").asString() + "/" + what, body);
  }

  static String outputs(TestServer server, String run) throws Exception {
    return server.json(RUNS + "/" + run + "/outputs").toString();
  }

  /** All events of a run that has ended: the stream of another one goes on. */
  static List<String> events(TestServer server, String run) throws Exception {
    return server
        .get(RUNS + "/" + run + "/events")
        .body()
        .lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring(5))
        .toList();
  }
}
