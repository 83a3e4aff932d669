package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What processes call, and whom they may not. */
final class ProcessCallsIT {

  private static final String TOKEN = "t0ken-that-nobody-else-may-see";
  private static final String KEY = "k3y-that-signs-and-never-travels";

  private record Heard(String method, String key, String type, String body) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  /** Is busy when it is asked for the first time. */
  private void answer(HttpExchange exchange) throws IOException {
    heard.add(
        new Heard(
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    byte[] body = "{\"warned\": 3}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Name", "x");
    exchange.sendResponseHeaders(heard.size() == 1 ? 503 : 202, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String run(TestServer server, String name, String document, String inputs)
      throws Exception {
    assertThat(Bpmn.keep(server, "application/xml", name, document).statusCode()).isEqualTo(201);
    return TestServer.JSON
        .readTree(
            server
                .postJson(
                    "/api/v1/runs",
                    "{\"workflow\": \"%s\", \"inputs\": %s}".formatted(name, inputs))
                .body())
        .get("id")
        .asString();
  }

  private static JsonNode await(TestServer server, String run, String state) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> server.json("/api/v1/runs/" + run),
            found -> found.get("state").asString().equals(state));
  }

  @Test
  void aCallIsMadeAgainWhileThereIsNoAnswerAndNobodyIsCalledWhoMayNotBe() throws Exception {
    HttpServer called =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called.createContext("/", this::answer);
    called.start();
    String allowed = "127.0.0.1:" + called.getAddress().getPort();
    ServerSettings settings =
        ServerSettings.in(folder).withTrust(Trust.IN_TOOLS.withUrls(List.of(allowed)));
    try (TestServer server = TestServer.start(settings)) {
      String http =
          """
          <serviceTask id="warn"><extensionElements>
          <tw:http method="PUT" url="http://%s/v1/${region}"><tw:header name="Content-Type" value="text/plain"/>
          <tw:body>red in ${region}</tw:body><tw:output name="status" as="published"/><tw:output name="body" as="answer"/></tw:http>
          </extensionElements></serviceTask>
          <serviceTask id="tell"><extensionElements>
          <tw:webhook url="http://%s/told"><tw:input name="region" value="${region}"/></tw:webhook>
          </extensionElements></serviceTask>
          """
              .formatted(allowed, allowed);
      String run =
          run(
              server,
              "calls",
              document("calls", field("region", "text"), chain(http, "warn", "tell")),
              "{\"region\": \"delta\"}");
      await(server, run, "succeeded");
      assertThat(server.json("/api/v1/runs/" + run + "/outputs").toString())
          .contains("\"published\":202", "warned");
      assertThat(heard).hasSize(3);
      assertThat(heard.getFirst()).isEqualTo(heard.get(1));
      assertThat(heard.getFirst())
          .returns("PUT", Heard::method)
          .returns("text/plain", Heard::type)
          .returns("red in delta", Heard::body);
      assertThat(heard.get(2).key()).isNotEqualTo(heard.getFirst().key());
      assertThat(heard.get(2).body())
          .isEqualTo(
              "{\"run\":\"%s\",\"activity\":\"tell\",\"values\":{\"region\":\"delta\"}}"
                  .formatted(run));

      String inside =
          "<serviceTask id=\"look\"><extensionElements><tw:http method=\"GET\" url=\"http://127.0.0.1:1/\"/></extensionElements></serviceTask>";
      String refused = run(server, "inside", document("inside", "", chain(inside, "look")), "{}");
      assertThat(await(server, refused, "failed").get("failure").asString())
          .startsWith("USER: ")
          .contains("private network");
    } finally {
      called.stop(0);
    }
  }

  /** Tells whoever calls how they proved who they are. */
  private static void repeat(HttpExchange exchange, List<Headers> seen) throws IOException {
    exchange.getRequestBody().readAllBytes();
    seen.add(exchange.getRequestHeaders());
    byte[] body =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void aSecretIsShownToWhomItMayBeShownAndStandsNowhere() throws Exception {
    List<Headers> seen = new CopyOnWriteArrayList<>();
    HttpServer called =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called.createContext("/", exchange -> repeat(exchange, seen));
    called.start();
    Path data = folder.resolve("data");
    String place = "127.0.0.1:" + called.getAddress().getPort();
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Path key = Files.writeString(folder.resolve("key"), KEY);
    Path config =
        Files.writeString(
            folder.resolve("twinflow.yaml"),
            """
            secrets:
              api: {file: %s, for: [admin, ann], to: "http://%s/api/"}
              sign: {file: %s, for: everyone}
              gone: {file: /nowhere/at/all, for: admin}
            """
                .formatted(token, place, key));
    ServerSettings settings =
        ServerSettings.in(data)
            .withTrust(Trust.IN_TOOLS.withUrls(List.of(place)))
            .withConfig(config);
    try (TestServer server = TestServer.start(settings)) {
      String calls =
          """
          <serviceTask id="ask"><extensionElements>
          <tw:http method="GET" url="http://%s/api/x" secret="api"><tw:output name="body" as="answer"/></tw:http>
          </extensionElements></serviceTask>
          <serviceTask id="tell"><extensionElements>
          <tw:webhook url="http://%s/told" secret="sign"><tw:input name="n" value="1"/></tw:webhook>
          </extensionElements></serviceTask>
          """
              .formatted(place, place);
      String document = document("proves", "", chain(calls, "ask", "tell"));
      String run = run(server, "proves", document, "{}");
      await(server, run, "succeeded");
      assertThat(server.json("/api/v1/runs/" + run + "/outputs").toString())
          .contains("\"answer\":\"Bearer ***\"");
      assertThat(seen.getFirst().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
      Headers told = seen.get(1);
      assertThat(told.containsKey("Authorization")).isFalse();
      assertThat(told.getFirst("webhook-id")).isEqualTo(told.getFirst("Idempotency-Key"));
      assertThat(told.getFirst("webhook-signature"))
          .isEqualTo(
              signed(
                  told,
                  "{\"run\":\"%s\",\"activity\":\"tell\",\"values\":{\"n\":\"1\"}}"
                      .formatted(run)));

      HttpResponse<String> notTheirs =
          Bpmn.keep(server.as("eve"), "application/xml", "proves", document);
      assertThat(notTheirs.statusCode()).isEqualTo(422);
      assertThat(notTheirs.body()).contains("no secret \\\"api\\\" for eve");
      String elsewhere =
          run(
              server,
              "elsewhere",
              document("elsewhere", "", chain(calls.replace("/api/x", "/other"), "ask", "tell")),
              "{}");
      assertThat(await(server, elsewhere, "failed").get("failure").asString())
          .startsWith("USER: ")
          .contains("\"api\" is not sent to");
      assertThat(seen).hasSize(2);
    } finally {
      called.stop(0);
    }
    assertStandsNowhere(data, TOKEN, KEY);
  }

  private static String signed(Headers told, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String text =
        told.getFirst("webhook-id") + "." + told.getFirst("webhook-timestamp") + "." + body;
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** In no file, of which the private database's are some. */
  private static void assertStandsNowhere(Path data, String... secrets) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(100);
    for (Path file : files) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (String secret : secrets) {
        assertThat(bytes.contains(secret)).as("%s in %s", secret, file).isFalse();
      }
    }
  }
}
