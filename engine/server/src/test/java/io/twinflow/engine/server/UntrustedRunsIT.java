package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody who may submit cannot reach: the machine's files, other runs, the inner network.
 */
final class UntrustedRunsIT {

  @TempDir static Path data;
  @TempDir static Path shared;
  private static TestServer server;
  private static HttpServer inner;
  private static final AtomicInteger calls = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    inner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    inner.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          byte[] text = "cwlVersion: v1.2".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    inner.start();
    Files.writeString(shared.resolve("common.txt"), "common\n");
    server =
        TestServer.start(ServerSettings.in(data).withTrust(Trust.NONE.withRoots(List.of(shared))));
  }

  @AfterAll
  static void stop() {
    server.close();
    inner.stop(0);
  }

  private static HttpResponse<String> submit(String workflow, String inputs) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", workflow).set("inputs", TestServer.JSON.readTree(inputs));
    return server.postJson("/api/v1/runs", body.toString());
  }

  private static JsonNode ended(HttpResponse<String> submitted) throws Exception {
    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
    String path = "/api/v1/runs/" + TestServer.JSON.readTree(submitted.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            Set.of("succeeded", "failed", "cancelled")
                .contains(server.json(path).get("state").asString()));
    ObjectNode both = (ObjectNode) server.json(path);
    return both.set("outputs", server.json(path + "/outputs").path("outputs"));
  }

  private static String cat(String fileDefault) {
    return """
    cwlVersion: v1.2
    class: CommandLineTool
    baseCommand: cat
    inputs: {file: {type: File, inputBinding: {position: 1}%s}}
    stdout: out.txt
    outputs: {text: {type: string, outputBinding: {glob: out.txt, loadContents: true, outputEval: "$(self[0].contents)"}}}
    """
        .formatted(fileDefault);
  }

  private static void isRefused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains(why);
  }

  @Test
  void aFileOfTheMachineIsNoInput() throws Exception {
    String why = "not part of the upload";
    isRefused(submit(cat(""), "{\"file\": {\"class\": \"File\", \"path\": \"/etc/passwd\"}}"), why);
    isRefused(
        submit(cat(""), "{\"file\": {\"class\": \"File\", \"location\": \"../../admin-token\"}}"),
        why);
    isRefused(submit(cat(", default: {class: File, location: /etc/passwd}"), "{}"), why);
  }

  @Test
  void aFileBelowAnAllowedRootIsAnInputButNotWhereALinkInItLeads() throws Exception {
    JsonNode run =
        ended(
            submit(
                cat(""),
                "{\"file\": {\"class\": \"File\", \"path\": \"%s\"}}"
                    .formatted(shared.resolve("common.txt"))));
    assertThat(run.at("/outputs/text").asString()).as(run.toString()).isEqualTo("common\n");
    Path link = Files.createSymbolicLink(shared.resolve("link"), data.resolve("admin-token"));
    isRefused(
        submit(cat(""), "{\"file\": {\"class\": \"File\", \"path\": \"%s\"}}".formatted(link)),
        "not part of the upload");
  }

  @Test
  void anExpressionThatNamesTheServersSecretsGetsNoFile() throws Exception {
    JsonNode run =
        ended(
            submit(
                """
                cwlVersion: v1.2
                class: CommandLineTool
                requirements:
                  InlineJavascriptRequirement: {}
                  InitialWorkDirRequirement:
                    listing: '${return [{"class": "File", "location": "file://%s", "basename": "x"}];}'
                baseCommand: [cat, x]
                inputs: {}
                stdout: out.txt
                outputs: {text: {type: string, outputBinding: {glob: out.txt, loadContents: true, outputEval: "$(self[0].contents)"}}}
                """
                    .formatted(data.resolve("admin-token")),
                "{}"));
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("failed");
    assertThat(run.toString()).doesNotContain("tf_");
  }

  @Test
  void aToolSeesAndHarmsNothingButItsOwn() throws Exception {
    JsonNode run =
        ended(
            submit(
                """
                cwlVersion: v1.2
                class: CommandLineTool
                baseCommand: [sh, -c]
                arguments:
                  - |
                    cat %1$s/admin-token; ls -A %1$s | tr '\\n' ' '; ls -A %1$s/runs | wc -l
                    touch /etc/x %1$s/x /var/tmp/x /opt/x; ls /run/docker.sock /run/dbus
                    kill -9 -1; ln -s %1$s/admin-token stolen; echo alive
                inputs: {}
                stdout: out.txt
                outputs:
                  text: {type: string, outputBinding: {glob: out.txt, loadContents: true, outputEval: "$(self[0].contents)"}}
                """
                    .formatted(data),
                "{}"));
    assertThat(server.get("/api/v1/runs").statusCode()).isEqualTo(200);
    assertThat(run.toString()).doesNotContain("tf_");
    assertThat(run.at("/outputs/text").asString()).as(run.toString()).startsWith("runs 1\n");
    assertThat(Path.of("/etc/x")).doesNotExist();
    assertThat(data.resolve("x")).doesNotExist();
  }

  @Test
  void aToolThatAsksForTheNetworkIsToldHowToGoOn() throws Exception {
    JsonNode run =
        ended(
            submit(
                """
                {cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'true', inputs: {}, outputs: {},
                 requirements: {NetworkAccess: {networkAccess: true}}}
                """,
                "{}"));
    assertThat(run.get("state").asString()).isEqualTo("failed");
    assertThat(run.get("failure").asString())
        .contains("it asks for the network (NetworkAccess)", "--allow-tool-network");
  }

  @Test
  void anOutputThatIsALinkToTheServersSecretsIsNotRead() throws Exception {
    JsonNode run =
        ended(
            submit(
                """
                cwlVersion: v1.2
                class: CommandLineTool
                baseCommand: [ln, -s, %s/admin-token, stolen]
                inputs: {}
                outputs: {text: {type: string, outputBinding: {glob: stolen, loadContents: true, outputEval: "$(self[0].contents)"}}}
                """
                    .formatted(data),
                "{}"));
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("failed");
    assertThat(run.toString()).doesNotContain("tf_");
  }

  @Test
  void theInnerNetworkIsNotCalledForUsers() throws Exception {
    String url = "http://localhost:" + inner.getAddress().getPort() + "/x.cwl";
    isRefused(submit(url, "{}"), "--allow-url localhost:");
    isRefused(
        submit(
            "{cwlVersion: v1.2, class: Workflow, inputs: {}, outputs: {},\n"
                + " steps: {s: {in: {}, out: [], run: '%s'}}}".formatted(url),
            "{}"),
        "--allow-url localhost:");
    isRefused(
        submit(cat(""), "{\"file\": {\"class\": \"File\", \"location\": \"%s\"}}".formatted(url)),
        "--allow-url localhost:");
    assertThat(calls).hasValue(0);
  }
}
