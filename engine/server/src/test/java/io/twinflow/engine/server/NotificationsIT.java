package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who wants to be told of a run is told, whatever becomes of the server and of who is told. */
final class NotificationsIT {

  private static final String RUNS = "/api/v1/runs";
  private static final int BUSY = 503;
  private static final int GONE = 410;

  private record Heard(String id, String signature, String body) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile int answer = BUSY;

  @TempDir private Path folder;

  private HttpServer listener;
  private PrivatePostgres database;
  private ChildServer server;
  private String place;

  @BeforeEach
  void start() throws Exception {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext("/", this::hear);
    listener.start();
    place = "127.0.0.1:" + listener.getAddress().getPort();
    database = PreparedPostgres.start(folder.resolve("postgres"));
    Path key = Files.writeString(folder.resolve("key"), "a-key-that-is-long-enough-to-sign");
    Files.writeString(
        folder.resolve("twinflow.yaml"), "secrets: {sign: {file: %s, for: admin}}".formatted(key));
    startServer();
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
    listener.stop(0);
  }

  private void startServer() throws Exception {
    server =
        ChildServer.start(
            folder.resolve("data"),
            Installation.url(database),
            folder.resolve("log"),
            "--allow-url",
            place,
            "--config",
            folder.resolve("twinflow.yaml").toString());
    server.awaitUp();
  }

  private void hear(HttpExchange exchange) throws IOException {
    heard.add(
        new Heard(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return TestServer.JSON.readTree(answer.body());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }

  private String run(String word) throws Exception {
    String body = "{\"workflow\": %s, \"inputs\": {\"word\": \"%s\"}}";
    return json(server.postJson(RUNS, body.formatted(Bpmn.ECHO, word)), 201).get("id").asString();
  }

  private HttpResponse<String> subscribe(String run, String body) throws Exception {
    return server.postJson(RUNS + "/" + run + "/notifications", body.replace("PLACE", place));
  }

  private JsonNode state(String run, String state) throws Exception {
    for (JsonNode one :
        server.json(RUNS + "/" + run + "/notifications").at("/notifications/0/states")) {
      if (one.get("state").asString().equals(state)) {
        return one;
      }
    }
    throw new AssertionError(state + " is not told of " + run);
  }

  @Test
  void eachStateIsToldUntilItIsTakenAlsoByTheNextServer() throws Exception {
    String run = run("hello");
    JsonNode made =
        json(
            subscribe(
                run,
                "{\"on\": [\"running\", \"succeeded\", \"failed\"], \"webhook\": {\"url\": \"http://PLACE/told\", \"secret\": \"sign\"}}"),
            201);
    String id = made.get("id").asString();
    await(() -> heard.stream().anyMatch(each -> each.id().equals(id + ".succeeded")));
    await(() -> state(run, "succeeded").path("problem").asString("").contains("answers 503"));
    server.kill();
    answer = 204;
    startServer();
    await(() -> state(run, "succeeded").has("told") && state(run, "running").has("told"));
    assertThat(state(run, "succeeded").get("tries").asInt()).isGreaterThan(1);
    assertThat(state(run, "succeeded").has("problem")).isFalse();
    assertThat(state(run, "failed").get("tries").asInt()).isZero();
    assertThat(heard).extracting(Heard::id).containsOnly(id + ".running", id + ".succeeded");
    assertThat(heard).extracting(Heard::signature).allMatch(text -> text.startsWith("v1,"));
    assertThat(heard.stream().map(Heard::body).distinct()).hasSize(2);
    JsonNode told = TestServer.JSON.readTree(heard.getLast().body());
    assertThat(told.at("/data/run").asString()).isEqualTo(run);
    assertThat(heard.stream().map(Heard::body))
        .anyMatch(body -> body.startsWith("{\"type\":\"run.succeeded\",\"timestamp\":\""));

    int before = heard.size();
    answer = GONE;
    String failing = run("fail");
    json(subscribe(failing, "{\"webhook\": {\"url\": \"http://PLACE/gone\"}}"), 201);
    await(() -> state(failing, "failed").has("givenUp"));
    assertThat(state(failing, "failed").get("problem").asString()).contains("answers 410");
    assertThat(heard).hasSize(before + 1);
    assertThat(heard.getLast().body()).contains("\"failure\":\"/: exit code 3");
  }

  @Test
  void thatATaskIsOverdueIsToldOnce() throws Exception {
    answer = 204;
    String document =
        Bpmn.document("late", "", Bpmn.chain(Bpmn.userTask("look", "tw:due=\"PT5S\"", ""), "look"));
    json(
        server.send(
            server
                .to("/api/v1/workflows?name=late")
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString(document))),
        201);
    String run = json(server.postJson(RUNS, "{\"workflow\": \"late\"}"), 201).get("id").asString();
    String wanted =
        "{\"on\": [\"overdue\", \"succeeded\"], \"webhook\": {\"url\": \"http://PLACE/\", \"secret\": \"sign\"}}";
    json(subscribe(run, wanted), 201);
    await(() -> state(run, "overdue").has("told"));
    String task = server.json("/api/v1/tasks?run=" + run).at("/tasks/0/links/self").asString();
    assertThat(server.postJson(task + "/complete", "{}").statusCode()).isEqualTo(204);
    await(() -> state(run, "succeeded").has("told"));
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst().body()).contains("\"type\":\"run.overdue\"", run);
    assertThat(heard.getFirst().id()).endsWith(".overdue");
  }

  @Test
  void whatCouldNeverBeToldIsRefused() throws Exception {
    String run = run("hello");
    for (String[] wrong :
        List.of(
            new String[] {"{}", "expected one of webhook"},
            new String[] {"{\"webhook\": {\"url\": \"http://127.0.0.1:1/\"}}", "private network"},
            new String[] {"{\"webhook\": {\"url\": \"file:///etc/passwd\"}}", "http or https"},
            new String[] {
              "{\"webhook\": {\"url\": \"http://PLACE/\", \"secret\": \"s\"}}", "no secret"
            },
            new String[] {"{\"mail\": {\"to\": [\"ann@example.org\"]}}", "sends no mail"},
            new String[] {
              "{\"on\": [\"lost\"], \"webhook\": {\"url\": \"http://PLACE/\"}}",
              "found \\\"lost\\\""
            })) {
      assertThat(json(subscribe(run, wrong[0]), 400).toString()).contains(wrong[1]);
    }
    String hook = "{\"on\": [\"cancelled\"], \"webhook\": {\"url\": \"http://PLACE/\"}}";
    String self = json(subscribe(run, hook), 201).at("/links/self").asString();
    assertThat(server.json(self).at("/webhook/url").asString()).isEqualTo("http://" + place + "/");
    assertThat(server.send(server.to(self).DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.send(server.to(self).DELETE()).statusCode()).isEqualTo(404);
    for (int i = 0; i < 20; i++) {
      json(subscribe(run, hook), 201);
    }
    json(subscribe(run, hook), 409);
    String token =
        json(server.postJson("/api/v1/tokens", "{\"subject\": \"eve\", \"name\": \"eve\"}"), 201)
            .get("token")
            .asString();
    HttpResponse<String> others =
        server.send(
            server
                .to(RUNS + "/" + run + "/notifications")
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(hook)));
    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(heard).isEmpty();
  }
}
