package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;

/**
 * A server with three processes, and a place outside it with data, packages and subscribers; one
 * for all tests of OGC API - Processes.
 */
final class OgcService implements AutoCloseable {

  static final String ERRORS = "http://www.opengis.net/def/exceptions/";
  static final String CORE_ERRORS = ERRORS + "ogcapi-processes-1/1.0/";

  static final String REPORT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: report
      label: A report
      doc: Counts what it is given.
      requirements:
        InlineJavascriptRequirement: {}
        InitialWorkDirRequirement:
          listing:
            - {entryname: out.json, entry: '{"kind": "$(inputs.kind)"}'}
      baseCommand: [sh, -c, 'cat "$@" > all.txt; sleep "$0"']
      inputs:
        seconds: {type: int, default: 0, inputBinding: {position: 1}}
        texts:
          type: {type: array, items: File}
          format: https://www.iana.org/assignments/media-types/text/plain
          inputBinding: {position: 2}
        kind: {type: {type: enum, symbols: [daily, weekly]}, default: daily}
        area: {type: [ 'null', {type: record, fields: {name: string, size: double}} ]}
      outputs:
        all: {type: File, outputBinding: {glob: all.txt}}
        report: {type: File, outputBinding: {glob: out.json}}
        area: {type: string, outputBinding: {outputEval: '$(inputs.area ? inputs.area.name : "none")'}}
      """;

  static final String ECHO =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "echo",
       "requirements": {"InlineJavascriptRequirement": {}},
       "inputs": {"text": "string"}, "outputs": {"text": "string"},
       "expression": "$({text: inputs.text})"}
      """;

  static final String FAIL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: fail
      baseCommand: [sh, -c, 'exit 3']
      inputs: []
      outputs: []
      """;

  private final Path data;
  private final HttpServer outside;
  private final TestServer server;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final Map<String, String> told = new ConcurrentHashMap<>();

  /** Hands the one service to whoever asks for it. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == OgcService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(OgcService.class))
          .computeIfAbsent(OgcService.class, key -> started(), OgcService.class);
    }

    private static OgcService started() {
      try {
        return new OgcService();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private OgcService() throws Exception {
    data = Files.createTempDirectory("ogc");
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outside.createContext("/", this::answerOutside);
    outside.start();
    server =
        TestServer.start(
            ServerSettings.in(data).withTrust(Trust.IN_TOOLS.withUrls(List.of(outside("/")))));
    for (String cwl : List.of(REPORT, ECHO, FAIL)) {
      assertThat(deploy("application/cwl", cwl).statusCode()).isEqualTo(201);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    outside.stop(0);
    FolderTree.delete(data);
  }

  TestServer server() {
    return server;
  }

  /** How often each path outside was called. */
  Map<String, Integer> calls() {
    return calls;
  }

  /** What was sent there last. */
  Map<String, String> told() {
    return told;
  }

  String outside(String path) {
    return "http://127.0.0.1:" + outside.getAddress().getPort() + path;
  }

  /** Data and packages to fetch, and subscribers, of which one fails when it is first called. */
  private void answerOutside(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean first = calls.merge(path, 1, Integer::sum) == 1;
    told.put(path, sent);
    String answer =
        switch (path) {
          case "/data.txt" -> "from outside";
          case "/number" -> "\"by reference\"";
          case "/echo.cwl" -> ECHO.replace("\"echo\"", "\"fetched\"");
          default -> "";
        };
    exchange.sendResponseHeaders(path.equals("/stumbles") && first ? 503 : 200, 0);
    exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  HttpResponse<String> deploy(String type, String body) throws Exception {
    return send("POST", "/ogc/processes", type, body);
  }

  /** The process of the OGC's suite, under a name of its own. */
  void deployMirror() throws Exception {
    String mirror = EchoProcess.CWL.replace("id: echo", "id: mirror");
    assertThat(deploy("application/cwl", mirror).statusCode()).isIn(201, 409);
  }

  HttpResponse<String> execute(String process, String body, String... headers) throws Exception {
    return send(
        "POST", "/ogc/processes/" + process + "/execution", "application/json", body, headers);
  }

  HttpResponse<String> send(String method, String path, String type, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        server
            .to(path)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }

  HttpResponse<String> get(String path) throws Exception {
    return server.get(path);
  }

  JsonNode json(String path) throws Exception {
    return server.json(path);
  }

  void awaitStatus(String job, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(json(job).get("status").asString()).isEqualTo(status));
  }

  static JsonNode body(HttpResponse<String> answer) {
    return TestServer.JSON.readTree(answer.body());
  }

  static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** Of a URL of the server. */
  static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  static void assertException(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(body(answer).get("type").asString()).isEqualTo(type);
    assertThat(body(answer).get("status").asInt()).isEqualTo(status);
  }

  /** Where the job is that was made. */
  static String job(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return path(header(answer, "Location"));
  }
}
