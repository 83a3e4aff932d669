package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.backup.BackupCommand;
import io.twinflow.engine.server.backup.RestoreCommand;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** A backup holds the processes that go on. */
final class ProcessBackupIT {

  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path folder;

  private static JsonNode awaitTask(TestServer server) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(TASKS).get("tasks"), found -> found.size() == 1)
        .get(0);
  }

  @Test
  void aRestoredServerGoesOnWithTheProcesses() throws Exception {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("backup");
    String run;
    try (TestServer server = TestServer.start(data)) {
      String document =
          Bpmn.document(
              "wait",
              Bpmn.field("word", "text"),
              Bpmn.chain(
                  Bpmn.userTask("look", "", Bpmn.field("sure", "boolean"))
                      + Bpmn.timer("soon", "PT1S"),
                  "look",
                  "soon"));
      Bpmn.keep(server, "application/xml", "wait", document);
      run =
          TestServer.JSON
              .readTree(
                  server
                      .postJson(
                          "/api/v1/runs",
                          "{\"workflow\": \"wait\", \"inputs\": {\"word\": \"kept\"}}")
                      .body())
              .get("id")
              .asString();
      awaitTask(server);
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
      JsonNode task = awaitTask(server);
      assertThat(task.get("run").asString()).isEqualTo(run);
      assertThat(
              server
                  .postJson(
                      task.at("/links/self").asString() + "/complete",
                      "{\"values\": {\"sure\": true}}")
                  .statusCode())
          .isEqualTo(204);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> server.json("/api/v1/runs/" + run).get("state").asString().equals("succeeded"));
      assertThat(server.json("/api/v1/runs/" + run + "/outputs").toString())
          .contains("\"word\":\"kept\"", "\"sure\":true");
    }
  }
}
