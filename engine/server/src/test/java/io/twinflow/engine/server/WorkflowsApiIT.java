package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Kept workflows, and the description of the interface. */
@ExtendWith(SharedServer.Shared.class)
final class WorkflowsApiIT {

  private static final String RUNS = "/api/v1/runs";
  private static final String WORKFLOWS = "/api/v1/workflows";

  private static final String CAT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [cat]
      inputs:
        texts: {type: 'File[]', inputBinding: {position: 1}}
        times: {type: int, default: 1}
      stdout: all.txt
      outputs: {all: stdout}
      """;

  private final TestServer server;
  private final SharedServer shared;

  WorkflowsApiIT(SharedServer shared) {
    this.shared = shared;
    this.server = shared.server();
  }

  private static JsonNode created(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body());
  }

  private static String id(HttpResponse<String> answer) {
    return created(answer).get("id").asString();
  }

  private void awaitState(String id, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(RUNS + "/" + id).get("state").asString()).isEqualTo(state));
  }

  @Test
  void aKeptWorkflowRunsByItsNameAlsoAfterItWasForgotten() throws Exception {
    byte[] archive =
        zip(
            "main.cwl",
            """
            cwlVersion: v1.2
            class: Workflow
            inputs: {f: {type: File, default: {class: File, location: data/d.txt}}}
            outputs: {o: {type: File, outputSource: s/all}}
            steps:
              s: {run: tools/cat.cwl, in: {texts: {source: [f], linkMerge: merge_flattened}}, out: [all]}
            """,
            "tools/cat.cwl",
            CAT,
            "data/d.txt",
            "default\n");
    JsonNode kept = created(keep("?name=packed", archive));
    assertThat(keep("?name=packed", archive).statusCode()).as("the same again").isEqualTo(200);
    assertThat(kept.at("/inputs/0/type").asString()).isEqualTo("File");
    assertThat(kept.at("/inputs/0/required").asBoolean(true)).isFalse();
    assertThat(kept.toString()).doesNotContain(shared.data().toString());
    String self = WORKFLOWS + "/" + kept.get("id").asString();
    assertThat(server.json(WORKFLOWS + "/packed").get("id")).isEqualTo(kept.get("id"));
    assertThat(server.get(self + "/source").headers().firstValue("ETag").orElseThrow())
        .contains(kept.get("version").asString());
    String run = id(server.postJson(RUNS, "{\"workflow\": \"packed\"}"));
    assertThat(server.send(server.to(self).DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(self).statusCode()).isEqualTo(404);
    awaitState(run, "succeeded");
    String again =
        id(server.postJson(RUNS + "/" + run + "/rerun", "{\"options\": {\"useCache\": false}}"));
    awaitState(again, "succeeded");
    assertThat(server.get(RUNS + "/" + again + "/outputs/o").body()).isEqualTo("default\n");
  }

  private HttpResponse<String> keep(String query, byte[] archive) throws Exception {
    return server.send(
        server
            .to(WORKFLOWS + query)
            .header("Content-Type", "application/zip")
            .POST(BodyPublishers.ofByteArray(archive)));
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void archivesThatLeadOutAreRefusedAndLeaveNothing() throws Exception {
    int before = shared.uploads();
    HttpResponse<String> answer = keep("", zip("../evil.cwl", CAT));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("..");
    assertThat(keep("", new byte[] {'P', 'K', 3, 4, 9, 9}).statusCode()).isEqualTo(422);
    assertThat(Files.exists(shared.data().resolve("evil.cwl"))).isFalse();
    assertThat(shared.uploads()).isEqualTo(before);
  }

  @Test
  void theInterfaceIsDescribedWithoutAToken() throws Exception {
    HttpRequest.Builder open =
        HttpRequest.newBuilder(URI.create(server.url("/api/v1/openapi.json")));
    HttpResponse<String> answer = server.send(open);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode document = TestServer.JSON.readTree(answer.body());
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    List<String> wrong = new ArrayList<>();
    document
        .get("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, operation) -> {
              if (operation.path("summary").asString("").isBlank()) {
                wrong.add(method + " " + path + " has no summary");
              }
              operation
                  .path("parameters")
                  .forEach(parameter -> {
                    if (parameter.path("description").asString("").isBlank()) {
                      wrong.add(method + " " + path + ": " + parameter.path("name"));
                    }
                  });
            }));
    assertThat(wrong).isEmpty();
    assertThat(
            server
                .send(
                    HttpRequest.newBuilder(URI.create(server.url("/api/v1/swagger-ui/index.html"))))
                .statusCode())
        .isEqualTo(200);
  }
}
