package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Named tokens, what they are limited to, and what is written down of their use. */
final class TokensIT {

  private static final String WAIT =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool", "baseCommand": ["sleep", "600"],
       "inputs": {}, "outputs": {}}
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

  private static JsonNode make(String json) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/tokens", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return server.send(
        server
            .to(path)
            .setHeader("Authorization", "Bearer " + token)
            .setHeader("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static String newRun() {
    ObjectNode body = TestServer.JSON.createObjectNode();
    return body.put("workflow", WAIT).toString();
  }

  @Test
  void aTokenSeesItsSubjectsRunsAlone() throws Exception {
    String ada = make("{\"subject\": \"ada\", \"name\": \"laptop\"}").get("token").asString();
    String bob = make("{\"subject\": \"bob\", \"name\": \"laptop\"}").get("token").asString();
    HttpResponse<String> submitted = as(ada, "POST", "/api/v1/runs", newRun());
    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
    String run = "/api/v1/runs/" + TestServer.JSON.readTree(submitted.body()).get("id").asString();
    assertThat(as(ada, "GET", run, "").statusCode()).isEqualTo(200);
    assertThat(as(bob, "GET", run, "").statusCode()).isEqualTo(404);
    assertThat(as(bob, "POST", run + "/cancel", "").statusCode()).isEqualTo(404);
    assertThat(as(bob, "GET", "/api/v1/runs", "").body()).doesNotContain("\"id\"");
    assertThat(as(ada, "POST", run + "/cancel", "").statusCode()).isEqualTo(202);
    List<String> audit =
        Files.readAllLines(data.resolve("audit.log")).stream()
            .filter(line -> line.contains(run))
            .toList();
    assertThat(audit).anyMatch(line -> line.contains("\"bob\"") && line.contains(":404"));
    assertThat(audit).anyMatch(line -> line.contains("\"ada\"") && line.contains(":202"));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("audit.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void onlyAnAdministratorMakesTokensAndARevokedOneIsNoMore() throws Exception {
    JsonNode made = make("{\"subject\": \"eve\", \"name\": \"ci\"}");
    String eve = made.get("token").asString();
    String wanted = "{\"subject\": \"admin\", \"name\": \"x\", \"administrator\": true}";
    assertThat(as(eve, "POST", "/api/v1/tokens", wanted).statusCode()).isEqualTo(403);
    assertThat(server.get("/api/v1/tokens").body()).contains("\"eve\"").doesNotContain(eve);
    assertThat(as(eve, "GET", "/api/v1/tokens", "").body()).doesNotContain("\"first\"");
    assertThat(
            server
                .postJson("/api/v1/tokens", "{\"subject\": \"eve\", \"name\": \"ci\"}")
                .statusCode())
        .isEqualTo(409);
    String id = "/api/v1/tokens/" + made.at("/about/id").asString();
    assertThat(server.send(server.to(id).DELETE()).statusCode()).isEqualTo(204);
    assertThat(as(eve, "GET", "/api/v1/runs", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aLimitOfRunsIsToldWithTheTimeToWait() throws Exception {
    String token =
        make("{\"subject\": \"lim\", \"name\": \"one\", \"maxQueuedRuns\": 1}")
            .get("token")
            .asString();
    HttpResponse<String> first = as(token, "POST", "/api/v1/runs", newRun());
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    HttpResponse<String> second = as(token, "POST", "/api/v1/runs", newRun());
    assertThat(second.statusCode()).as(second.body()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    String run = "/api/v1/runs/" + TestServer.JSON.readTree(first.body()).get("id").asString();
    as(token, "POST", run + "/cancel", "");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> as(token, "POST", "/api/v1/runs", newRun()).statusCode() == 201);
  }

  @Test
  void wrongTokensAreAnsweredSlowerAndSlower() throws Exception {
    long began = System.nanoTime();
    for (int i = 0; i < 8; i++) {
      assertThat(as("tf_wrong", "GET", "/api/v1/runs", "").statusCode()).isEqualTo(401);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(600));
    assertThat(server.get("/api/v1/runs").statusCode()).isEqualTo(200);
  }
}
