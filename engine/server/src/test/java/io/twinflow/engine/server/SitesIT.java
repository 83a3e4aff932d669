package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.engine.cli.Twinflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sites beside this machine: one that does not answer, and a Slurm where one runs. */
final class SitesIT {

  private static final String TOOL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      requirements: {InlineJavascriptRequirement: {}}
      baseCommand: [sh, -c, 'echo on a node; echo 42 > job']
      inputs: {}
      outputs:
        job: {type: string, outputBinding: {glob: job, loadContents: true, outputEval: "$(self[0].contents.trim())"}}
      """;

  private static final @Nullable String SLURM = System.getenv("TWINFLOW_SLURM_URL");

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    String site =
        """
          %s:
            type: slurm
            rest: %s
            user: %s
            token: {environment: %s}
            folder: %s
            poll: 1s
            allowUnsandboxed: true
            use: asked
        """;
    StringBuilder config = new StringBuilder("placement: cheapest\nsites:\n");
    config.append(
        site.formatted(
            "dead", "http://127.0.0.1:" + nobody, "alice", "PATH", folder.resolve("dead")));
    if (SLURM != null) {
      config.append(
          site.formatted(
              "hpc",
              SLURM,
              System.getenv("TWINFLOW_SLURM_USER"),
              "TWINFLOW_SLURM_TOKEN",
              folder.resolve("hpc")));
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("twinflow.yaml"), config);
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(String site) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", TOOL);
    body.set("inputs", TestServer.JSON.createObjectNode());
    body.putObject("options").put("useCache", false).putObject("sites").put("", site);
    return server.postJson("/api/v1/runs", body.toString());
  }

  private static String submit(String site) throws Exception {
    HttpResponse<String> answer = send(site);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static JsonNode ended(String run) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> server.json(run),
            found ->
                Set.of("succeeded", "failed", "cancelled").contains(found.get("state").asString()));
  }

  @Test
  void theSitesOfTheConfigurationAreListedAfterThisMachine() throws Exception {
    JsonNode sites = server.json("/api/v1/sites");
    assertThat(sites.get("placement").asString()).isEqualTo("cheapest");
    assertThat(sites.at("/sites/0/name").asString()).isEqualTo("local");
    assertThat(sites.at("/sites/0/slots").asInt()).isPositive();
    assertThat(sites.at("/sites/1/name").asString()).isEqualTo("dead");
    assertThat(sites.at("/sites/1/use").asString()).isEqualTo("asked");
  }

  @Test
  void aSiteThatDoesNotAnswerIsAFindingForAdministrators() throws Exception {
    JsonNode check = server.json("/api/v1/sites/dead/check");
    assertThat(check.get("usable").asBoolean()).isFalse();
    assertThat(check.get("findings").toString())
        .contains("problem", "does not answer at http://127.0.0.1");
    assertThat(server.json("/api/v1/sites/local/check").get("usable").asBoolean()).isTrue();
    HttpResponse<String> none = server.get("/api/v1/sites/hcp/check");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("local, dead");
    assertThat(server.as("ada").get("/api/v1/sites/local/check").statusCode()).isEqualTo(403);
    assertThat(server.as("ada").get("/api/v1/sites").statusCode()).isEqualTo(200);
  }

  @Test
  void workForASiteThatDoesNotAnswerWaitsAndFailsNothing() throws Exception {
    String run = submit("dead");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          JsonNode task = server.json(run + "/tasks").at("/tasks/0");
          assertThat(task.path("state").asString("")).isEqualTo("submitted");
          assertThat(task.at("/waiting/code").asString("")).isEqualTo("site.resources");
          assertThat(task.at("/waiting/reason").asString("")).contains("does not answer at http");
        });
    assertThat(server.json(run).get("state").asString()).isEqualTo("running");
    assertThat(server.postJson(run + "/cancel", "").statusCode()).isLessThan(300);
  }

  /** The command at a server: what it said until it ended. */
  private static final class Command {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Thread thread;

    Command(String... words) throws IOException {
      String token = Files.readString(folder.resolve("data/admin-token"));
      thread =
          Thread.ofVirtual()
              .start(() ->
                  Twinflow.execute(
                      words,
                      InputStream.nullInputStream(),
                      new PrintStream(said, true, StandardCharsets.UTF_8),
                      new PrintStream(said, true, StandardCharsets.UTF_8),
                      Map.of("TWINFLOW_SERVER", server.url(""), "TWINFLOW_TOKEN", token),
                      folder));
    }

    String said() {
      return said.toString(StandardCharsets.UTF_8);
    }

    void breakOff() {
      thread.interrupt();
    }

    String toItsEnd() throws InterruptedException {
      thread.join();
      return said();
    }
  }

  @Test
  void whatATaskWaitsForAtItsSiteIsToldWhereItIsWatchedAndInItsStatus() throws Exception {
    String run = submit("dead");
    String id = run.substring(run.lastIndexOf('/') + 1);
    Command watch = new Command("watch", id);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> watch.said().contains("does not answer at http"));
    // The view of tasks follows the journal, and may be a moment behind.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(new Command("status", id).toItsEnd())
                .contains("waits:   /: ", "does not answer at http"));
    assertThat(server.postJson(run + "/cancel", "").statusCode()).isLessThan(300);
    watch.breakOff();
  }

  @Test
  void aSiteThatThereIsNotIsRefusedWithTheNamesOfThoseThatThereAre() throws Exception {
    HttpResponse<String> answer = send("hcp");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("there is no site hcp; expected one of local, dead");
  }

  @Test
  void aStepRunsAsAJobAndItsLogIsReadFromThere() throws Exception {
    assumeTrue(SLURM != null, "no Slurm: set TWINFLOW_SLURM_URL, see peers/slurm");
    String run = submit("hpc");
    JsonNode end = ended(run);
    assertThat(end.get("state").asString()).as(end.toString()).isEqualTo("succeeded");
    assertThat(server.json(run + "/outputs").at("/outputs/job").asString()).isEqualTo("42");
    // The view of tasks follows the journal, and may be a moment behind.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> server.json(run + "/tasks").at("/tasks/0/site").asString("").equals("hpc"));
    assertThat(server.get(run + "/tasks/1/attempts/1/stdout").body()).contains("on a node");
    assertThat(server.json("/api/v1/sites/hpc/check").get("usable").asBoolean()).isTrue();
  }
}
