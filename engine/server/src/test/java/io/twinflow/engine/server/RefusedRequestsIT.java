package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Every refusal has its status, is a problem document, names no class and leaves nothing behind.
 */
final class RefusedRequestsIT {

  private static final String RUNS = "/api/v1/runs";
  private static final String TOOL =
      "{\"cwlVersion\":\"v1.2\",\"class\":\"CommandLineTool\",\"baseCommand\":[\"cat\"],\"inputs\":{\"f\":{\"type\":\"File\",\"inputBinding\":{}}},\"outputs\":[]}";

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

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (String folder : new String[] {"uploads", "incoming"}) {
      assertThat(content(data.resolve(folder))).as(folder).isZero();
    }
    assertThat(server.json(RUNS).get("runs").size()).isZero();
  }

  private static long content(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  private static JsonNode refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .doesNotContain("Exception", "java.", "springframework", "io.twinflow", data.toString());
    JsonNode problem = TestServer.JSON.readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asString()).isNotBlank();
    return problem;
  }

  private static HttpResponse<String> post(byte[] body, String type) throws Exception {
    return server.send(
        server.to(RUNS).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nothing, 404",
    "GET, /api/v1/runs/20261120-000000-aaaaaa, 404",
    "GET, /api/v1/runs/20261120-000000-aaaaaa/outputs/x, 404",
    "GET, /api/v1/runs/no/tasks/1/attempts/1/stdout, 404",
    "GET, /api/v1/runs/no/tasks/x/attempts/1/stdout, 400",
    "GET, /api/v1/workflows/no, 404",
    "POST, /api/v1/runs/no/cancel, 404",
    "PUT, /api/v1/runs, 405",
    "GET, /api/v1/runs?limit=0, 400",
    "GET, /api/v1/runs?limit=many, 400",
    "GET, /api/v1/runs?state=happy, 400",
    "GET, /api/v1/runs?label=x, 400",
    "GET, /api/v1/runs?from=soon, 400",
    "GET, /api/v1/runs?cursor=zz, 400",
    "GET, /api/v1/runs?workflow=%00, 400",
    "GET, /api/v1/runs/%00, 400",
    "GET, /api/v1/runs/..%2Fx, 400",
    "GET, /api/v1/workflows?name=%00, 400",
  })
  void addressesAndQueries(String method, String path, int status) throws Exception {
    refused(server.send(server.to(path).method(method, BodyPublishers.noBody())), status);
  }

  @Test
  void contentTypes() throws Exception {
    assertThat(refused(post(new byte[] {1}, "text/plain"), 415).get("detail").asString())
        .startsWith("Content-Type: expected ")
        .contains("application/json", "multipart/form-data")
        .endsWith(", found text/plain");
    refused(post(new byte[] {1}, "multipart/form-data"), 400);
    refused(server.send(server.to(RUNS).header("Accept", "image/png")), 406);
  }

  @Test
  void malformedJsonIsToldWithItsPlace() throws Exception {
    JsonNode problem = refused(server.postJson(RUNS, "{\n  \"workflow\": }"), 400);
    assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(2);
    refused(server.postJson(RUNS, ""), 400);
    refused(server.postJson(RUNS, "[]"), 400);
    refused(server.postJson(RUNS, "{\"workflow\": 7}"), 400);
    refused(server.postJson(RUNS, "{\"workflow\": \"no-such-workflow\"}"), 404);
    JsonNode unknown = refused(server.postJson(RUNS, "{\"lables\": {}}"), 400);
    assertThat(unknown.at("/errors/0/field").asString()).isEqualTo("lables");
    JsonNode nul =
        refused(
            server.postJson(
                RUNS, "{\"workflow\": %s, \"labels\": {\"a\": \"\\u0000\"}}".formatted(TOOL)),
            400);
    assertThat(nul.at("/errors/0/field").asString()).isEqualTo("labels.a");
    byte[] notUtf8 = "{\"workflow\": \"~\"}".getBytes(StandardCharsets.US_ASCII);
    notUtf8[14] = (byte) 0xFF;
    refused(post(notUtf8, "application/json"), 400);
  }

  @Test
  void aMistakeInTheInputsHasThePlaceThatItHasInTheBody() throws Exception {
    JsonNode problem =
        refused(
            server.postJson(
                RUNS, "{\"workflow\": %s,\n \"inputs\":\n   {\"f\":\n  17}}".formatted(TOOL)),
            422);
    assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(4);
    assertThat(problem.at("/errors/0/column").asInt()).isEqualTo(3);
    assertThat(problem.at("/errors/0/message").asString()).contains("\"f\"", "File");
  }

  @Test
  void filesOfTheServerAreNobodysInputs() throws Exception {
    for (String place :
        new String[] {
          "file:///etc/passwd",
          "/etc/passwd",
          "../../admin-token",
          "file://" + data + "/admin-token"
        }) {
      String inputs = "{\"f\": {\"class\": \"File\", \"location\": \"%s\"}}".formatted(place);
      refused(
          server.postJson(RUNS, "{\"workflow\": %s, \"inputs\": %s}".formatted(TOOL, inputs)), 422);
    }
    String preset =
        TOOL.replace(
            "\"type\":\"File\"",
            "\"type\":\"File\",\"default\":{\"class\":\"File\",\"location\":\"/etc/passwd\"}");
    refused(server.postJson(RUNS, "{\"workflow\": %s}".formatted(preset)), 422);
    String imported = "{\"workflow\": \"cwlVersion: v1.2\\n$import: /etc/passwd\\n\"}";
    refused(server.postJson(RUNS, imported), 422);
  }

  @Test
  void formDataThatEndsHalfWay() throws Exception {
    FormBody form =
        new FormBody().file("workflow", "a.cwl", TOOL).file("f", "f", "x".repeat(99_999));
    refused(server.send(form.half(server.to(RUNS))), 400);
  }

  @ParameterizedTest
  @CsvSource({"../f", "/f", "a/../../f", "a\\f", "C:/f", "~/f"})
  void namesOfFilesThatLeadOut(String name) throws Exception {
    FormBody form =
        new FormBody().file("workflow", "a.cwl", TOOL).file("f", name.replace("\\", "\\\\"), "x");
    refused(server.send(form.to(server.to(RUNS))), 422);
  }

  @Test
  void partsThatMeanNothing() throws Exception {
    FormBody form = new FormBody().file("workflow", "a.cwl", TOOL).text("g", "x");
    JsonNode problem = refused(server.send(form.to(server.to(RUNS))), 400);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("g");
    refused(server.send(new FormBody().file("f", "f", "x").to(server.to(RUNS))), 400);
  }

  @Test
  void bodiesThatAreTooLargeAreAnsweredAndTheServerLives() throws Exception {
    byte[] large = new byte[100 << 20];
    java.util.Arrays.fill(large, (byte) ' ');
    refused(post(large, "application/json"), 413);
    HttpRequest.Builder chunked =
        server
            .to(RUNS)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)));
    refused(server.send(chunked), 413);
  }

  @Test
  void aLargeFileOfFormDataIsNoBodyInMemory() throws Exception {
    FormBody form =
        new FormBody()
            .file("workflow", "a.cwl", "class: nothing\n")
            .file("f", "f", new byte[48 << 20]);
    refused(server.send(form.to(server.to(RUNS))), 422);
  }

  @Test
  void withoutATokenNothingIsRead() throws Exception {
    HttpRequest.Builder anonymous =
        HttpRequest.newBuilder(URI.create(server.url(RUNS)))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{"));
    refused(server.send(anonymous), 401);
  }
}
