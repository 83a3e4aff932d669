package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What processes call, and whom they may not. */
final class ProcessCallsIT {

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
      String secret = inside.replace("url=", "secret=\"token\" url=");
      assertThat(
              Bpmn.keep(
                      server,
                      "application/xml",
                      "secret",
                      document("secret", "", chain(secret, "look")))
                  .body())
          .contains("keeps no secrets by name");
    } finally {
      called.stop(0);
    }
  }
}
