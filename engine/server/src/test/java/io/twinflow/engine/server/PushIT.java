package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Systems that can show a secret, but no token. */
final class PushIT {

  private static final String SECRET = "s3cr3t-of-the-bucket-9d41";
  private static final String EVENTS = "/api/v1/sources/bucket/events";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Files.writeString(
        data.resolve("twinflow.yaml"),
        """
        sources:
          bucket: {type: push, format: s3, secret: {file: %s}, for: [ann]}
          hook: {type: push, contentType: application/json, secret: {file: %s}}
          late: {type: push, secret: {file: %s}}
          models: {type: push, format: git, secret: {file: %s}}
        """
            .formatted(
                folder.resolve("secret"),
                folder.resolve("secret"),
                folder.resolve("not-there"),
                folder.resolve("secret")));
    server = TestServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url(path)));
  }

  private static String notification(String key, String sequencer, String more) {
    return """
    {"Records":[{"eventVersion":"2.2","eventSource":"ceph:s3","awsRegion":"default",
     "eventTime":"2026-11-21T12:00:00Z","eventName":"ObjectCreated:Put"%s,
     "s3":{"bucket":{"name":"pushed"},"object":{"key":"%s","size":4,"eTag":"e","sequencer":"%s"}}}]}
    """
        .formatted(more, key, sequencer);
  }

  private static HttpResponse<String> post(HttpRequest.Builder request, String body)
      throws Exception {
    return server.send(request.POST(BodyPublishers.ofString(body)));
  }

  private static List<JsonNode> events(String query) throws Exception {
    return server.json("/api/v1/events?limit=1000&" + query).get("events").valueStream().toList();
  }

  private static String basic(String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString(("x:" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSecretIsSeenWhereverASystemCanShowIt() throws Exception {
    List<HttpRequest.Builder> ways =
        List.of(
            to(EVENTS).header("Authorization", "Bearer " + SECRET),
            to(EVENTS).header("Authorization", basic(SECRET)),
            to(EVENTS).header("X-Api-Key", SECRET),
            to(EVENTS + "?secret=" + SECRET),
            to(EVENTS),
            // What curl, and Ceph with it, says where nobody says something else.
            to(EVENTS).header("Content-Type", "application/x-www-form-urlencoded"));
    int number = 0;
    for (HttpRequest.Builder way : ways) {
      String shown = number >= 4 ? ",\"opaqueData\":\"" + SECRET + "\"" : "";
      String body = notification("ways/a+b.csv", "A" + number++, shown);
      HttpResponse<String> answer = post(way, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"accepted\":1");
      assertThat(post(way, body).body()).contains("\"duplicates\":1");
    }
    List<JsonNode> kept = events("subject=ways%2Fa%2Bb.csv");
    assertThat(kept).hasSize(ways.size());
    for (JsonNode event : kept) {
      assertThat(event.get("sender").asString()).isEqualTo("source:bucket");
      assertThat(server.get(event.at("/links/self").asString()).body())
          .contains("ObjectCreated:Put")
          .doesNotContain(SECRET);
    }
    JsonNode state = server.json("/api/v1/sources").get("sources").get(0);
    assertThat(state.get("connected").asBoolean()).isTrue();
    assertThat(state.get("taken").asLong()).isGreaterThanOrEqualTo(2L * ways.size());
    assertThat(server.json("/api/v1/sources/bucket/check").get("usable").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/sources/bucket/events, wrong, wrong",
    "/api/v1/sources/bucket/events?secret=wrong, '', ''",
    "/api/v1/sources/bucket/events?secret=, '', ''",
    "/api/v1/sources/nobody/events, s3cr3t-of-the-bucket-9d41, s3cr3t-of-the-bucket-9d41",
  })
  void nothingOfAStrangerIsKept(String path, String bearer, String opaque) throws Exception {
    HttpResponse<String> answer =
        post(
            to(path).header("Authorization", "Bearer " + bearer),
            notification("strange", "1", ",\"opaqueData\":\"" + opaque + "\""));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
    assertThat(answer.body()).contains("opaqueData").doesNotContain(SECRET);
    assertThat(events("subject=strange")).isEmpty();
  }

  private static String signature(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void webhooksOfGitHostsShowThatTheyKnowTheSecret() throws Exception {
    String hooks = "/api/v1/sources/models/events";
    String push =
        """
        {"ref": "refs/heads/main", "before": "%s", "after": "%s",
         "repository": {"clone_url": "https://git.example.org/twins/models.git"}}
        """
            .formatted("a".repeat(40), "b".repeat(40));
    String good = signature(SECRET, push);
    assertThat(post(to(hooks).header("X-Hub-Signature-256", "sha256=" + good), push).body())
        .contains("\"accepted\":1");
    assertThat(post(to(hooks).header("X-Gitea-Signature", good), push).body())
        .contains("\"duplicates\":1");
    assertThat(post(to(hooks).header("X-Gitlab-Token", SECRET), push).body())
        .contains("\"duplicates\":1");
    String ping = "{\"zen\": \"Speak like a human.\", \"hook_id\": 7}";
    HttpResponse<String> pinged =
        post(to(hooks).header("X-Hub-Signature-256", "sha256=" + signature(SECRET, ping)), ping);
    assertThat(pinged.statusCode()).isEqualTo(202);
    assertThat(pinged.body()).contains("\"accepted\":0", "\"refused\":0");
    for (HttpRequest.Builder stranger :
        List.of(
            to(hooks),
            to(hooks).header("X-Hub-Signature-256", "sha256=" + signature("another", push)),
            to(hooks).header("X-Hub-Signature-256", "sha256=" + good.replace('a', 'b')),
            to(hooks).header("X-Gitlab-Token", good))) {
      assertThat(post(stranger, push).statusCode()).isEqualTo(401);
    }
    List<JsonNode> events = events("type=io.twinflow.git.push");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().get("subject").asString()).isEqualTo("refs/heads/main");
    assertThat(events.getFirst().get("source").asString())
        .isEqualTo("https://git.example.org/twins/models");
  }

  /** A token opens what its subject may do, and this is for the source alone. */
  @Test
  void aTokenIsNoSecret() throws Exception {
    HttpResponse<String> answer = post(server.to(EVENTS), notification("token", "1", ""));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(events("subject=token")).isEmpty();
  }

  @Test
  void theSecretOpensNothingElse() throws Exception {
    HttpRequest.Builder list = to("/api/v1/events").header("Authorization", "Bearer " + SECRET);
    assertThat(server.send(list).statusCode()).isEqualTo(401);
    HttpRequest.Builder get = to(EVENTS).header("Authorization", "Bearer " + SECRET);
    assertThat(server.send(get).statusCode()).isEqualTo(401);
  }

  @Test
  void whileTheSecretCannotBeHadTheSenderTriesAgain() throws Exception {
    HttpResponse<String> answer = post(to("/api/v1/sources/late/events?secret=x"), "{}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain(folder.toString());
    JsonNode check = server.json("/api/v1/sources/late/check");
    assertThat(check.toString()).contains("not-there does not exist");
  }

  @Test
  void whatCannotBeReadIsKeptWithTheReason() throws Exception {
    HttpResponse<String> answer =
        post(to(EVENTS).header("X-Api-Key", SECRET), "{\"Type\": \"SubscriptionConfirmation\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"refused\":1");
    JsonNode event = events("type=io.twinflow.push.message").getFirst();
    assertThat(event.get("state").asString()).isEqualTo("refused");
    assertThat(event.get("reason").asString()).contains("expected a notification of S3");
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> answer = post(to(EVENTS), "x".repeat((2 << 20) + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("dataref");
  }

  @Test
  void otherSystemsPushEventsAndWhateverTheyHave() throws Exception {
    String hook = "/api/v1/sources/hook/events";
    HttpRequest.Builder event =
        to(hook)
            .header("X-Api-Key", SECRET)
            .header("ce-specversion", "1.0")
            .header("ce-id", "1")
            .header("ce-source", "/hooked")
            .header("ce-type", "reading");
    assertThat(post(event, "1").body()).contains("\"accepted\":1");
    assertThat(post(event, "1").body()).contains("\"duplicates\":1");
    HttpRequest.Builder plain = to(hook).header("X-Api-Key", SECRET);
    post(plain, "{\"level\": 7}");
    JsonNode kept = events("source=%2Fapi%2Fv1%2Fsources%2Fhook%2Fevents").getFirst();
    String whole = server.get(kept.at("/links/self").asString()).body();
    assertThat(TestServer.JSON.readTree(whole).at("/data/level").asInt()).isEqualTo(7);
  }
}
