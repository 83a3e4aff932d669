package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret that is submitted, by whatever interface, reaches the tool and stands nowhere else: in
 * no file of the data folder, which the database lies in, and in no answer.
 */
final class SecretInputsIT {

  private static final String LOGIN =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: login
      hints:
        "cwltool:Secrets": {secrets: [password]}
      baseCommand: [sh, -c, 'test $(printf %s "$0" | wc -c) = 35 && echo welcome']
      inputs: {password: {type: string, inputBinding: {position: 1}}}
      stdout: said.txt
      outputs: {said: stdout}
      $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
      """;

  @TempDir static Path data;

  /** Of 35 characters, and of no other meaning. */
  private static String secret(int n) {
    return "correct-horse-battery-staple-%05d".formatted(n) + "!";
  }

  @Test
  void aSecretIsReadByNobodyButTheTool() throws Exception {
    List<String> runs = new ArrayList<>();
    try (TestServer server = TestServer.start(data)) {
      String inputs = "{\"password\": \"%s\"}";
      runs.add(
          id(
              server.postJson(
                  "/api/v1/runs",
                  TestServer.JSON
                      .createObjectNode()
                      .put("workflow", LOGIN)
                      .set("inputs", TestServer.JSON.readTree(inputs.formatted(secret(1))))
                      .toString())));
      runs.add(
          id(
              server.send(
                  new FormBody()
                      .file("workflow", "login.cwl", LOGIN)
                      .text("password", secret(2))
                      .to(server.to("/api/v1/runs")))));
      runs.add(
          id(
              server.send(
                  new FormBody()
                      .file("workflow", "login.cwl", LOGIN)
                      .file("inputs", "in.json", inputs.formatted(secret(3)))
                      .to(server.to("/api/v1/runs")))));
      HttpResponse<String> wes =
          server.send(
              new FormBody()
                  .text("workflow_type", "CWL")
                  .text("workflow_type_version", "v1.2")
                  .text("workflow_url", "login.cwl")
                  .text("workflow_params", inputs.formatted(secret(4)))
                  .file("workflow_attachment", "login.cwl", LOGIN)
                  .to(server.to("/ga4gh/wes/v1/runs")));
      runs.add(TestServer.JSON.readTree(wes.body()).get("run_id").asString());
      server.send(
          server
              .to("/ogc/processes")
              .header("Content-Type", "application/cwl")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(LOGIN)));
      HttpResponse<String> ogc =
          server.postJson(
              "/ogc/processes/login/execution",
              "{\"inputs\": " + inputs.formatted(secret(5)) + "}");
      assertThat(ogc.body()).isEqualTo("welcome\n");
      for (String run : runs) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() ->
                assertThat(server.json("/api/v1/runs/" + run).get("state").asString())
                    .isEqualTo("succeeded"));
        for (String path :
            new String[] {"", "/inputs", "/outputs", "/tasks", "/steps", "/events", "/tasks/1"}) {
          assertThat(server.get("/api/v1/runs/" + run + path).body())
              .as(path)
              .doesNotContain("correct-horse", "(secret-");
        }
        assertThat(server.get("/ga4gh/wes/v1/runs/" + run).body()).doesNotContain("correct-horse");
      }
      assertThat(holding("correct-horse")).isEmpty();
    }
    assertThat(holding("correct-horse")).as("also after the database was stopped").isEmpty();
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static List<Path> holding(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    List<Path> holding = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (contains(Files.readAllBytes(file), wanted)) {
          holding.add(file);
        }
      }
    }
    return holding;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
    return haystack.contains(new String(wanted, StandardCharsets.ISO_8859_1));
  }
}
