package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.backup.RestoreCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What releases left behind starts under this one. {@code -Dtwinflow.keep=RELEASE} makes the folder
 * of a release anew first, in the sources.
 */
final class KeptDataIT {

  private static final String NEWEST = "0.1";
  private static final String RUNS = MakeKeptData.RUNS;

  @TempDir static Path folder;

  @BeforeAll
  static void makeAnew() throws Exception {
    String release = System.getProperty("twinflow.keep");
    if (release != null) {
      MakeKeptData.make(
          Path.of(System.getProperty("java.io.tmpdir"), "twinflow-kept"), kept(release));
    }
  }

  /** In the sources: copies of a build have no links. */
  private static Path kept(String release) {
    return Path.of("src/test/resources/kept").toAbsolutePath().resolve(release);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1"})
  void theFolderOfAReleaseStartsAndItsRunsGoOn(String release) throws Exception {
    Path data = folder.resolve(release);
    RestoreCommand.into(kept(release), data);
    try (TestServer server = TestServer.start(data)) {
      TreeMap<String, JsonNode> runs = new TreeMap<>();
      for (JsonNode run : server.json(RUNS).get("runs")) {
        runs.put(run.at("/labels/kept").asString(), run);
      }
      assertThat(runs).containsOnlyKeys("cancelled", "done", "failed", "open");
      assertThat(runs.get("done").get("state").asString()).isEqualTo("succeeded");
      assertThat(runs.get("failed").get("state").asString()).isEqualTo("failed");
      assertThat(runs.get("cancelled").get("state").asString()).isEqualTo("cancelled");
      String done = RUNS + "/" + runs.get("done").get("id").asString();
      assertThat(server.get(done + "/outputs/said").body())
          .isEqualTo("finished in an earlier release\n");
      assertThat(server.json(done + "/outputs").at("/outputs/counted").toString())
          .isEqualTo("[4,4,null]");
      assertThat(server.json(done + "/steps").get("steps").size()).isGreaterThan(1);
      assertThat(server.json("/ogc/processes/kept").get("id").asString()).isEqualTo("kept");
      assertSentAgainIsTheSame(server, runs.get("done").get("id").asString());

      String open = RUNS + "/" + runs.get("open").get("id").asString();
      assertThat(server.json(open).get("state").asString()).isEqualTo("running");
      Files.createFile(data.resolve(MakeKeptData.GATE));
      awaitState(server, open, "succeeded");
      assertThat(server.get(open + "/outputs/said").body()).isEqualTo("from before\nand now\n");

      String failed = RUNS + "/" + runs.get("failed").get("id").asString();
      HttpResponse<String> retried = server.postJson(failed + "/retry", "");
      assertThat(retried.statusCode()).as(retried.body()).isEqualTo(201);
      awaitState(
          server,
          RUNS + "/" + TestServer.JSON.readTree(retried.body()).get("id").asString(),
          "failed");
    }
  }

  private static void awaitState(TestServer server, String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(server.json(run).get("state").asString()).isEqualTo(state));
  }

  private static void assertSentAgainIsTheSame(TestServer server, String run) throws Exception {
    HttpResponse<String> again =
        server.send(
            server
                .to(RUNS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "kept-done")
                .POST(
                    BodyPublishers.ofString(
                        MakeKeptData.body(
                            MakeKeptData.DONE, "{\"numbers\": [1, 2, 9]}", "done", "{}"))));
    assertThat(TestServer.JSON.readTree(again.body()).get("id").asString()).isEqualTo(run);
  }

  /** A new type must be kept by the release that brings it: make its folder anew. */
  @Test
  void theNewestFolderHasEveryTypeOfEvent() throws Exception {
    String journal = Files.readString(kept(NEWEST).resolve("tables/journal.csv"));
    assertThat(
            Stream.of(Event.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(type -> !journal.contains("\"\"type\"\":\"\"" + type + "\"\"")))
        .isEmpty();
  }
}
