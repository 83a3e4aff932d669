package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class FirstRunIT {

  private static final String ECHO =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c, 'echo "$0"; sleep "$1"']
      inputs:
        message: {type: string, inputBinding: {position: 1}}
        seconds: {type: int, default: 0, inputBinding: {position: 2}}
      stdout: out.txt
      outputs: {said: stdout}
      """;

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String submit(String inputs) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", ECHO).set("inputs", TestServer.JSON.readTree(inputs));
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/runs/" + id);
    return id;
  }

  private static void awaitState(String id, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json("/api/v1/runs/" + id).get("state").asString()).isEqualTo(state));
  }

  @Test
  void theWebServerKeepsItselfToTheDataFolder() {
    ServletContext web = server.part(ServletContext.class);

    assertThat(web.getRealPath("/")).startsWith(data.resolve("web/documents").toString());
    assertThat((File) web.getAttribute(ServletContext.TEMPDIR))
        .satisfies(folder -> assertThat(folder.toPath()).startsWith(data));
  }

  @Test
  void aSubmittedToolRunsAndItsOutputIsDescribed() throws Exception {
    String id = submit("{\"message\": \"hello\"}");
    awaitState(id, "succeeded");
    assertThat(
            server.json("/api/v1/runs/" + id + "/outputs").at("/outputs/said/checksum").asString())
        .isEqualTo("sha1$f572d396fae9206628714fb2ce00f72e94f2258f");
    assertThat(server.json("/api/v1/runs").at("/runs").findValuesAsString("id")).contains(id);
  }

  @Test
  void requirementsInTheInputsChangeTheWorkflowAsForTheCommand() throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put(
            "workflow",
            """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo "$WORD"']
            inputs: {}
            stdout: out.txt
            outputs: {text: {type: string, outputBinding: {glob: out.txt, loadContents: true, outputEval: "$(self[0].contents)"}}}
            """)
        .set(
            "inputs",
            TestServer.JSON.readTree(
                """
                {"cwl:requirements": [{"class": "EnvVarRequirement", "envDef": {"WORD": "given"}}]}
                """));
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    awaitState(id, "succeeded");
    assertThat(server.json("/api/v1/runs/" + id + "/outputs").at("/outputs/text").asString())
        .isEqualTo("given\n");
  }

  @Test
  void aRunningRunIsCancelled() throws Exception {
    String id = submit("{\"message\": \"x\", \"seconds\": 600}");
    awaitState(id, "running");
    assertThat(server.postJson("/api/v1/runs/" + id + "/cancel", "").statusCode()).isEqualTo(202);
    awaitState(id, "cancelled");
  }

  @Test
  void wrongInputsAreNamedWithTheirPlace() throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", ECHO).set("inputs", TestServer.JSON.readTree("{\"mesage\": 7}"));
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("mesage", "message", "inputs.json:1:");
  }

  @Test
  void withoutATokenNothingIsAnswered() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url("/api/v1/runs"))).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anUnknownRunIsNotFound() throws Exception {
    assertThat(server.get("/api/v1/runs/20261120-000000-nothing").statusCode()).isEqualTo(404);
  }
}
