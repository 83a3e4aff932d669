package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.server.boot.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** OGC API - Processes, Part 1 and Part 2, as a client sees it. */
final class OgcIT {

  private static final String ERRORS = "http://www.opengis.net/def/exceptions/";

  private static final String REPORT =
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

  private static final String ECHO =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "echo",
       "requirements": {"InlineJavascriptRequirement": {}},
       "inputs": {"text": "string"}, "outputs": {"text": "string"},
       "expression": "$({text: inputs.text})"}
      """;

  private static final String FAIL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: fail
      baseCommand: [sh, -c, 'exit 3']
      inputs: []
      outputs: []
      """;

  @TempDir static Path data;
  private static TestServer server;
  private static HttpServer outside;
  private static final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private static final Map<String, String> told = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outside.createContext("/", OgcIT::answerOutside);
    outside.start();
    server =
        TestServer.start(
            ServerSettings.in(data).withUnsandboxed(true).withAllowedUrls(List.of(outside("/"))));
    for (String cwl : List.of(REPORT, ECHO, FAIL)) {
      assertThat(deploy("application/cwl", cwl).statusCode()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    outside.stop(0);
  }

  private static String outside(String path) {
    return "http://127.0.0.1:" + outside.getAddress().getPort() + path;
  }

  /** Data and packages to fetch, and subscribers, of which one fails when it is first called. */
  private static void answerOutside(HttpExchange exchange) throws IOException {
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

  private static HttpResponse<String> deploy(String type, String body) throws Exception {
    return send("POST", "/ogc/processes", type, body);
  }

  private static HttpResponse<String> send(
      String method, String path, String type, String body, String... headers) throws Exception {
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

  private static HttpResponse<String> execute(String process, String body, String... headers)
      throws Exception {
    return send(
        "POST", "/ogc/processes/" + process + "/execution", "application/json", body, headers);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestServer.JSON.readTree(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private static void assertException(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("type").asString()).isEqualTo(type);
    assertThat(json(answer).get("status").asInt()).isEqualTo(status);
  }

  private static String job(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return path(header(answer, "Location"));
  }

  private static void awaitStatus(String job, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(server.json(job).get("status").asString()).isEqualTo(status));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everythingIsFoundFromTheLandingPage() throws Exception {
    JsonNode links = server.json("/ogc").get("links");
    for (JsonNode link : links) {
      HttpResponse<String> answer = server.get(path(link.get("href").asString()));
      assertThat(answer.statusCode()).as(link.toString()).isEqualTo(200);
    }
    assertThat(links.findValuesAsString("rel"))
        .contains("service-desc", "service-doc", "conformance")
        .anyMatch(rel -> rel.endsWith("/processes"))
        .anyMatch(rel -> rel.endsWith("/job-list"));
    assertThat(server.json("/ogc/conformance").toString())
        .contains("conf/core", "conf/callback", "conf/dismiss", "conf/deploy-replace-undeploy");
    assertThat(server.json("/ogc/api").get("openapi").asString()).startsWith("3.0");
  }

  @Test
  void aWorkflowIsDescribedByJsonSchema() throws Exception {
    JsonNode process = server.json("/ogc/processes/report");
    assertThat(process.get("title").asString()).isEqualTo("A report");
    assertThat(process.get("jobControlOptions").toString())
        .contains("sync-execute", "async-execute", "dismiss");
    assertThat(process.at("/inputs/texts/maxOccurs").asString()).isEqualTo("unbounded");
    assertThat(process.at("/inputs/texts/schema/contentMediaType").asString())
        .isEqualTo("text/plain");
    assertThat(process.at("/inputs/kind/schema/enum").toString())
        .isEqualTo("[\"daily\",\"weekly\"]");
    assertThat(process.at("/inputs/kind/schema/default").asString()).isEqualTo("daily");
    assertThat(process.at("/inputs/kind/minOccurs").asInt()).isZero();
    assertThat(process.at("/inputs/area/schema/required").toString())
        .isEqualTo("[\"name\",\"size\"]");
    assertThat(process.at("/outputs/area/schema/type").asString()).isEqualTo("string");
    HttpResponse<String> page =
        send("GET", "/ogc/processes/report", "text/plain", "", "Accept", "text/html");
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<h1>report</h1>", "unbounded");
    assertThat(server.json("/ogc/processes?limit=1").get("links").toString()).contains("next");
  }

  @Test
  void aSingleOutputAnswersForItself() throws Exception {
    HttpResponse<String> answer = execute("echo", "{\"inputs\": {\"text\": \"Grüße\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Grüße");
    assertThat(header(answer, "Link")).contains("rel=\"monitor\"");
    HttpResponse<String> document =
        execute("echo", "{\"inputs\": {\"text\": {\"value\": \"a\"}}, \"response\": \"document\"}");
    assertThat(document.body()).isEqualTo("{\"text\":\"a\"}");
    assertThat(execute("echo", "{\"inputs\": {\"text\": \"a\"}, \"outputs\": {}}").statusCode())
        .isEqualTo(204);
  }

  @Test
  void filesComeInByValueAndGoOutByValueAndReference() throws Exception {
    String inputs =
        """
        {"inputs": {"texts": ["one ", {"value": "%s", "mediaType": "text/plain", "encoding": "base64"}],
                    "area": {"value": {"name": "Elbe", "size": 2.5}}, "kind": "weekly"},
         "outputs": {"all": {"transmissionMode": "value"}, "report": {"transmissionMode": "reference"}, "area": {}}}
        """
            .formatted(base64("zwei"));
    JsonNode results = json(execute("report", inputs));
    assertThat(results.at("/all/value").asString()).isEqualTo("one zwei");
    assertThat(results.at("/all/mediaType").asString()).isEqualTo("text/plain");
    assertThat(results.get("area").asString()).isEqualTo("Elbe");
    HttpResponse<String> report = server.get(path(results.at("/report/href").asString()));
    assertThat(json(report).get("kind").asString()).isEqualTo("weekly");
    assertThat(header(report, "Content-Type")).startsWith("application/json");
    HttpResponse<String> part =
        server.send(
            server.to(path(results.at("/report/href").asString())).header("Range", "bytes=0-0"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("{");
  }

  @Test
  void severalRawOutputsAreThePartsOfOneAnswer() throws Exception {
    HttpResponse<String> answer =
        execute("report", "{\"inputs\": {\"texts\": [\"x y\"]}, \"response\": \"raw\"}");
    assertThat(header(answer, "Content-Type")).startsWith("multipart/related");
    assertThat(answer.body()).contains("Content-ID: <all>", "x y", "Content-ID: <area>", "none");
    HttpResponse<String> links =
        execute(
            "report",
            """
            {"inputs": {"texts": ["x y"]}, "response": "raw",
             "outputs": {"all": {"transmissionMode": "reference"}}}
            """);
    assertThat(links.statusCode()).isEqualTo(204);
    assertThat(header(links, "Link")).contains("/jobs/");
    assertThat(links.headers().allValues("Link")).anyMatch(link -> link.contains("/results/all"));
  }

  @Test
  void anAsynchronousJobIsFollowedToItsResults() throws Exception {
    HttpResponse<String> answer =
        execute(
            "report",
            "{\"inputs\": {\"texts\": [\"x\"], \"seconds\": 2}}",
            "Prefer",
            "respond-async");
    String job = job(answer);
    assertThat(header(answer, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(json(answer).get("jobID")).isEqualTo(json(answer).get("id"));
    assertException(
        server.get(job + "/results"), 404, ERRORS + "ogcapi-processes-1/1.0/result-not-ready");
    awaitStatus(job, "successful");
    JsonNode status = server.json(job);
    assertThat(status.get("progress").asInt()).isEqualTo(100);
    assertThat(status.get("processID").asString()).isEqualTo("report");
    assertThat(server.json(job + "/results").get("area").asString()).isEqualTo("none");
    assertThat(server.get(job + "/results/area").body()).isEqualTo("none");
    assertException(
        server.get(job + "/results/nothing"),
        400,
        ERRORS + "ogcapi-processes-1/1.0/no-such-output");
    assertThat(server.json("/api/v1/runs/" + status.get("id").asString()).get("state").asString())
        .isEqualTo("succeeded");
  }

  @Test
  void aClientThatWaitsNoLongerGetsAJobInstead() throws Exception {
    HttpResponse<String> answer =
        execute("report", "{\"inputs\": {\"texts\": [], \"seconds\": 60}}", "Prefer", "wait=1");
    String job = job(answer);
    JsonNode dismissed = json(send("DELETE", job, "text/plain", ""));
    assertThat(dismissed.get("status").asString()).isEqualTo("dismissed");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    server
                        .json("/api/v1/runs/" + dismissed.get("id").asString())
                        .get("state")
                        .asString())
                .isEqualTo("cancelled"));
    assertThat(server.json("/ogc/jobs?status=dismissed&limit=100").toString())
        .contains(dismissed.get("id").asString());
  }

  @Test
  void jobsAreFilteredAndPaged() throws Exception {
    String job = job(execute("echo", "{\"inputs\": {\"text\": \"a\"}}", "Prefer", "respond-async"));
    awaitStatus(job, "successful");
    String id = job.substring(job.lastIndexOf('/') + 1);
    String now = server.json(job).get("created").asString();
    for (String filter :
        List.of(
            "processID=echo",
            "status=successful,failed",
            "type=process&maxDuration=60",
            "datetime=" + URLEncoder.encode(now + "/..", StandardCharsets.UTF_8))) {
      assertThat(ids("/ogc/jobs?limit=1000&" + filter)).as(filter).contains(id);
    }
    for (String filter :
        List.of(
            "processID=report",
            "status=running",
            "type=other",
            "minDuration=6000",
            "datetime=../2001-01-01")) {
      assertThat(ids("/ogc/jobs?limit=1000&" + filter)).as(filter).doesNotContain(id);
    }
    for (String wrong : List.of("limit=0", "status=odd", "datetime=x", "minDuration=-1")) {
      assertException(
          server.get("/ogc/jobs?" + wrong),
          400,
          ERRORS + "ogcapi-processes-1/1.0/invalid-query-parameter-value");
    }
    String next = "/ogc/jobs?limit=1";
    int pages = 0;
    while (next != null) {
      JsonNode page = server.json(next);
      next = null;
      for (JsonNode link : page.get("links")) {
        next = link.get("rel").asString().equals("next") ? path(link.get("href").asString()) : next;
      }
      pages++;
    }
    assertThat(pages).isGreaterThanOrEqualTo(1);
  }

  private static List<String> ids(String path) throws Exception {
    return server.json(path).get("jobs").findValuesAsString("jobID");
  }

  @Test
  void inputsByReferenceAreFetchedWhateverTheirType() throws Exception {
    String inputs =
        """
        {"inputs": {"texts": {"href": "%s", "type": "text/plain"}},
         "outputs": {"all": {}}}
        """
            .formatted(outside("/data.txt"));
    assertThat(execute("report", inputs).body()).isEqualTo("from outside");
    assertThat(
            execute(
                    "echo",
                    "{\"inputs\": {\"text\": {\"href\": \"" + outside("/data.txt") + "\"}}}")
                .body())
        .isEqualTo("from outside");
    String unit = "{\"executionUnit\": {\"href\": \"%s\"}}".formatted(outside("/echo.cwl"));
    HttpResponse<String> deployed = deploy("application/ogcapppkg+json", unit);
    assertThat(json(deployed).get("id").asString()).as(deployed.body()).isEqualTo("fetched");
  }

  @Test
  void subscribersAreToldEvenIfTheyStumble() throws Exception {
    String body =
        """
        {"inputs": {"text": "told"}, "subscriber":
         {"successUri": "%s", "inProgressUri": "%s", "failedUri": "%s"}}
        """
            .formatted(outside("/stumbles"), outside("/begun"), outside("/failed"));
    String job = job(execute("echo", body, "Prefer", "respond-async"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(calls).containsKey("/begun").containsEntry("/stumbles", 2));
    assertThat(TestServer.JSON.readTree(told.get("/stumbles")).get("text").asString())
        .isEqualTo("told");
    assertThat(TestServer.JSON.readTree(told.get("/begun")).get("jobID").asString())
        .isEqualTo(job.substring(job.lastIndexOf('/') + 1));
    assertThat(told).doesNotContainKey("/failed");
  }

  @Test
  void aFailedJobSaysWhatWentWrong() throws Exception {
    HttpResponse<String> answer = execute("fail", "{}");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer).get("detail").asString()).contains("3");
    String job = job(execute("fail", "{}", "Prefer", "respond-async"));
    awaitStatus(job, "failed");
    assertThat(server.get(job + "/results").statusCode()).isEqualTo(500);
  }

  @Test
  void wrongRequestsAreExceptionsWithTheirTypes() throws Exception {
    assertException(
        execute("nothing", "{}"), 404, ERRORS + "ogcapi-processes-1/1.0/no-such-process");
    assertException(
        server.get("/ogc/jobs/nothing"), 404, ERRORS + "ogcapi-processes-1/1.0/no-such-job");
    assertException(
        execute("echo", "{\"inputs\": {\"txt\": \"a\"}}"), 400, "InvalidParameterValue");
    assertException(execute("echo", "{\"inputs\": {\"text\": 5}}"), 400, "InvalidParameterValue");
    assertException(execute("echo", "{}"), 400, "InvalidParameterValue");
    assertException(
        execute("report", "{\"inputs\": {\"texts\": [], \"kind\": \"yearly\"}}"),
        400,
        "InvalidParameterValue");
    assertException(
        execute("echo", "{\"inputs\": {\"text\": \"a\"}, \"outputs\": {\"no\": {}}}"),
        400,
        "InvalidParameterValue");
    assertException(execute("echo", "{"), 400, "InvalidParameterValue");
    assertException(
        execute(
            "echo",
            "{\"inputs\": {\"text\": \"a\"}, \"subscriber\": {\"successUri\":"
                + " \"http://127.0.0.1:1/x\"}}"),
        400,
        "InvalidParameterValue");
  }

  @Test
  void processesAreDeployedReplacedAndUndeployed() throws Exception {
    String dru = ERRORS + "ogcapi-processes-2/1.0/";
    assertException(deploy("application/cwl+json", ECHO), 409, dru + "duplicated-process");
    assertException(deploy("text/csv", "a"), 415, dru + "unsupported-media-type");
    String unit =
        """
        {"processDescription": {"process": {"id": "said", "title": "Say it", "version": "7"}},
         "executionUnit": {"value": %s, "mediaType": "application/cwl+json"}}
        """
            .formatted(ECHO);
    HttpResponse<String> deployed = deploy("application/ogcapppkg+json", unit);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    String process = path(header(deployed, "Location"));
    assertThat(process).isEqualTo("/ogc/processes/said");
    assertThat(json(deployed).get("title").asString()).isEqualTo("Say it");
    assertThat(json(deployed).get("version").asString()).isEqualTo("7");
    assertThat(server.get(process + "/package").body()).isEqualTo(unit);
    String other = ECHO.replace("$({text: inputs.text})", "$({text: 'replaced'})");
    assertThat(send("PUT", process, "application/cwl", other).statusCode()).isEqualTo(200);
    assertThat(execute("said", "{\"inputs\": {\"text\": \"a\"}}").body()).isEqualTo("replaced");
    assertThat(send("DELETE", process, "text/plain", "").statusCode()).isEqualTo(204);
    assertException(server.get(process), 404, ERRORS + "ogcapi-processes-1/1.0/no-such-process");
    String fixed = unit.replace("\"said\"", "\"fixed\", \"mutable\": false");
    assertThat(deploy("application/ogcapppkg+json", fixed).statusCode()).isEqualTo(201);
    assertException(
        send("DELETE", "/ogc/processes/fixed", "text/plain", ""), 403, dru + "immutable-process");
    assertException(
        send("PUT", "/ogc/processes/fixed", "application/cwl", ECHO),
        403,
        dru + "immutable-process");
  }

  @Test
  void oneWorkflowOfAPackedDocumentIsChosen() throws Exception {
    String packed =
        """
        {"cwlVersion": "v1.2", "$graph": [%s, %s]}
        """
            .formatted(
                ECHO.replace("\"cwlVersion\": \"v1.2\", ", "").replace("\"echo\"", "\"first\""),
                ECHO.replace("\"cwlVersion\": \"v1.2\", ", "").replace("\"echo\"", "\"second\""));
    HttpResponse<String> chosen =
        send("POST", "/ogc/processes?w=second", "application/cwl+json", packed);
    assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(201);
    assertThat(json(chosen).get("id").asString()).isEqualTo("second");
    assertThat(json(deploy("application/cwl", packed)).get("id").asString()).isEqualTo("first");
    assertException(
        send("POST", "/ogc/processes?w=third", "application/cwl", packed),
        400,
        ERRORS + "ogcapi-processes-2/1.0/workflow-not-found");
    assertException(deploy("application/cwl", "class: Nonsense"), 400, "InvalidParameterValue");
  }
}
