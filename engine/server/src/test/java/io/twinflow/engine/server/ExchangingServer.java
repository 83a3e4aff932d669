package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.twinflow.engine.server.boot.Listening;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Servers with functions for two sites that share no folder with them: {@code fn}, which is looked
 * at often, and {@code tells}, which is heard.
 */
final class ExchangingServer {

  /** Reads the file that lies where an input says. */
  static final String REACH =
      """
      {"cwlVersion": "v1.2", "$graph": [
        {"id": "main", "class": "Workflow", "inputs": {"where": "string"},
         "requirements": {"InlineJavascriptRequirement": {}, "StepInputExpressionRequirement": {}},
         "outputs": {"out": {"type": "File", "outputSource": "read/out"}},
         "steps": {
           "read": {"run": "#read", "out": ["out"], "in": {"where": "where",
             "file": {"valueFrom": "${return {class: 'File', location: inputs.where};}"}}}}},
        {"id": "read", "class": "CommandLineTool", "baseCommand": "cat",
         "inputs": {"file": {"type": "File", "inputBinding": {}}},
         "stdout": "read", "outputs": {"out": "stdout"}}
      ]}
      """;

  private ExchangingServer() {}

  static TestServer start(Path data, UnaryOperator<ServerSettings> more) throws Exception {
    String functions = System.getenv("TWINFLOW_FUNCTIONS_URL");
    if (functions == null) {
      abort(
          "no functions: TWINFLOW_FUNCTIONS_URL is not set; call eval \"$(peers/functions start)\"");
    }
    int port = freePort();
    Files.writeString(
        Files.createDirectories(data).resolve("twinflow.yaml"),
        """
        exchange: {url: "http://127.0.0.1:%d"}
        sites:
          fn:
            type: functions
            functions: {"*": "%s"}
            poll: 100ms
            allowUnsandboxed: true
          tells:
            type: functions
            functions: {"*": "%s"}
            wait: false
            poll: 1h
            allowUnsandboxed: true
        """
            .formatted(port, functions, functions));
    return TestServer.start(
        more.apply(
            ServerSettings.in(data)
                .withListening(new Listening("127.0.0.1", port, null))
                .withTrust(Trust.IN_TOOLS)));
  }

  /** None that the system gives to whoever asks for any. */
  private static int freePort() {
    return ThreadLocalRandom.current()
        .ints(20_000, 30_000)
        .filter(ExchangingServer::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  static JsonNode ended(TestServer as, String workflow, ObjectNode inputs) throws Exception {
    return ended(as, workflow, inputs, "fn");
  }

  /** Runs it at a site; gives the run as the server tells it at its end. */
  static JsonNode ended(TestServer as, String workflow, ObjectNode inputs, String site)
      throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", workflow);
    body.set("inputs", inputs);
    body.putObject("options").putObject("sites").put("", site);
    HttpResponse<String> answer = as.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() ->
            List.of("succeeded", "failed")
                .contains(as.json("/api/v1/runs/" + id).get("state").asString()));
    return as.json("/api/v1/runs/" + id);
  }
}
