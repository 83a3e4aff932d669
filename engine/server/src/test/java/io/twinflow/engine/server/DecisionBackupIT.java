package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.backup.BackupCommand;
import io.twinflow.engine.server.backup.RestoreCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A backup holds the tables that are kept, and who asks them goes on asking the same. */
final class DecisionBackupIT {

  private static final String DECIDE = "/api/v1/workflows/level/decide";

  @TempDir private Path folder;

  private static String sent(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body();
  }

  private static void event(TestServer server, String id) throws Exception {
    sent(
        server.send(
            server
                .to("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/g\",\"type\":\"reading\",\"data\":{\"level\":6}}"
                            .formatted(id)))));
  }

  private static JsonNode await(TestServer server, String path, String field, int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(path).get(field), found -> found.size() == count);
  }

  private static String begin(TestServer server) throws Exception {
    sent(Dmn.keep(server, "level", Dmn.alarm("5")));
    sent(Bpmn.keep(server, "application/cwl", "warn", Bpmn.ECHO));
    String nodes =
        Bpmn.userTask("look", "", "") + Dmn.decide("businessRuleTask", "ask", "level", "${6}");
    sent(
        Bpmn.keep(
            server, Dmn.TYPE, "asks", Bpmn.document("asks", "", Bpmn.chain(nodes, "look", "ask"))));
    sent(
        server.send(
            server
                .to("/api/v1/triggers/warn")
                .header("Content-Type", "application/yaml")
                .PUT(
                    BodyPublishers.ofString(
                        """
                        name: warn
                        filter: {source: /g, type: reading}
                        decide: {decision: level, inputs: {level: $(self.data.level)}}
                        workflow: warn
                        inputs: {word: $(decision.colour)}
                        """))));
    event(server, "before");
    await(server, "/api/v1/firings?state=done", "firings", 1);
    String run = sent(server.postJson("/api/v1/runs", "{\"workflow\": \"asks\"}"));
    await(server, "/api/v1/tasks", "tasks", 1);
    return TestServer.JSON.readTree(run).get("id").asString();
  }

  @Test
  void aRestoredServerDecidesAsBefore() throws Exception {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("backup");
    String run;
    String before;
    try (TestServer server = TestServer.start(data)) {
      run = begin(server);
      before = sent(server.postJson(DECIDE, "{\"inputs\": {\"level\": 6}}"));
      assertThat(
              new CommandLine(new BackupCommand())
                  .execute("--data", data.toString(), backup.toString()))
          .isZero();
    }
    Path restored = folder.resolve("restored");
    assertThat(
            new CommandLine(new RestoreCommand())
                .execute(backup.toString(), "--data", restored.toString()))
        .isZero();
    try (TestServer server = TestServer.start(restored)) {
      assertThat(sent(server.postJson(DECIDE, "{\"inputs\": {\"level\": 6}}"))).isEqualTo(before);
      JsonNode task = await(server, "/api/v1/tasks", "tasks", 1).get(0);
      sent(server.postJson(task.at("/links/self").asString() + "/complete", "{\"values\": {}}"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> server.json("/api/v1/runs/" + run).get("state").asString().equals("succeeded"));
      assertThat(server.json("/api/v1/runs/" + run + "/outputs").toString())
          .contains("\"colour\":\"red\"");
      event(server, "after");
      JsonNode firings = await(server, "/api/v1/firings?state=done", "firings", 2);
      assertThat(firings.get(0).get("decision")).isEqualTo(firings.get(1).get("decision"));
      assertThat(firings.get(0).at("/decision/digest"))
          .isEqualTo(TestServer.JSON.readTree(before).get("digest"));
    }
  }
}
