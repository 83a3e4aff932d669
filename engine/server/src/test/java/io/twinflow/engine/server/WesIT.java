package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** GA4GH WES 1.1 as a client sees it. */
final class WesIT {

  private static final String WES = "/ga4gh/wes/v1";
  private static final String BOUNDARY = "part-of-a-run-request";

  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}}
      inputs:
        texts: File[]
        exit: {type: int, default: 0}
      outputs:
        counts: {type: 'File[]', outputSource: count/counted}
      steps:
        count:
          run: tools/count.cwl
          scatter: text
          in: {text: texts, exit: exit}
          out: [counted]
      """;

  private static final String COUNT =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c, 'echo counting >&2; wc -l < "$0"; exit "$1"']
      inputs:
        text: {type: File, inputBinding: {position: 1}}
        exit: {type: int, inputBinding: {position: 2}}
      stdout: count.txt
      outputs: {counted: stdout}
      """;

  private static final String SLEEP =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sleep, '600']
      inputs: []
      outputs: []
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

  /** One part of a form; a file has a name. */
  private record Field(String name, String file, String content) {
    static Field of(String name, String content) {
      return new Field(name, "", content);
    }

    static Field attached(String file, String content) {
      return new Field("workflow_attachment", file, content);
    }
  }

  private static HttpResponse<String> post(List<Field> fields) throws Exception {
    StringBuilder body = new StringBuilder();
    for (Field field : fields) {
      body.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"");
      body.append(field.name()).append('"');
      if (!field.file().isEmpty()) {
        body.append("; filename=\"").append(field.file());
        body.append("\"\r\nContent-Type: application/octet-stream");
      }
      body.append("\r\n\r\n").append(field.content()).append("\r\n");
    }
    body.append("--").append(BOUNDARY).append("--\r\n");
    return server.send(
        server
            .to(WES + "/runs")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
  }

  private static List<Field> form(String url, String params, Map<String, String> changed) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.of("workflow_url", url),
                Field.of("workflow_params", params),
                Field.of("workflow_type", changed.getOrDefault("workflow_type", "CWL")),
                Field.of(
                    "workflow_type_version",
                    changed.getOrDefault("workflow_type_version", "v1.2"))));
    changed.forEach((name, content) -> {
      if (!name.startsWith("workflow_type")) {
        fields.add(Field.of(name, content));
      }
    });
    return fields;
  }

  private static String submit(String params, Map<String, String> changed) throws Exception {
    List<Field> fields = form("flows/main.cwl", params, changed);
    fields.add(Field.attached("flows/main.cwl", WORKFLOW));
    fields.add(Field.attached("flows/tools/count.cwl", COUNT));
    fields.add(Field.attached("data/größe 1.txt", "a\nb\n"));
    fields.add(Field.attached("data/two.txt", "a\n"));
    HttpResponse<String> answer = post(fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.JSON.readTree(answer.body()).get("run_id").asString();
  }

  private static final String TWO_TEXTS =
      """
      {"texts": [{"class": "File", "location": "data/gr%C3%B6%C3%9Fe%201.txt"},
                 {"class": "File", "path": "data/two.txt"}], "exit": EXIT}
      """;

  private static void awaitState(String run, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(server.json(WES + "/runs/" + run + "/status").get("state").asString())
                .isEqualTo(state));
  }

  private static String text(JsonNode url) throws Exception {
    return server.get(URI.create(url.asString()).getRawPath()).body();
  }

  private static void assertError(HttpResponse<String> answer, int status, String... told) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    JsonNode error = TestServer.JSON.readTree(answer.body());
    assertThat(error.get("status_code").asInt()).isEqualTo(status);
    assertThat(error.get("msg").asString()).isNotEmpty();
    for (String word : told) {
      assertThat(error.get("msg").asString()).contains(word);
    }
  }

  @Test
  void attachmentsWithFoldersRunAndEveryUrlWorksWithTheSameCredentials() throws Exception {
    String run = submit(TWO_TEXTS.replace("EXIT", "0"), Map.of("tags", "{\"site\": \"Dresden\"}"));
    awaitState(run, "COMPLETE");
    JsonNode log = server.json(WES + "/runs/" + run);
    assertThat(log.at("/request/workflow_url").asString()).isEqualTo("flows/main.cwl");
    assertThat(log.at("/request/workflow_params/exit").asInt()).isZero();
    assertThat(log.at("/request/tags/site").asString()).isEqualTo("Dresden");
    assertThat(log.at("/run_log/exit_code").asInt(-1)).isZero();
    assertThat(log.at("/run_log/start_time").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(text(log.at("/outputs/counts/0/location")).strip()).isEqualTo("2");
    assertThat(text(log.at("/outputs/counts/1/location")).strip()).isEqualTo("1");
    String file = URI.create(log.at("/outputs/counts/0/location").asString()).getRawPath();
    HttpResponse<String> part = server.send(server.to(file).header("Range", "bytes=0-0"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(1);
    assertError(server.send(server.to(file).header("Range", "bytes=99-")), 416, "bytes=99-");
    assertThat(text(log.at("/run_log/stderr"))).isEqualTo("counting\ncounting\n");
    assertThat(text(log.at("/task_logs_url"))).contains("/count[1]");
    assertThat(server.json("/api/v1/runs/" + run).at("/labels/site").asString())
        .isEqualTo("Dresden");
  }

  @Test
  void tasksArePagedAndEachIsFound() throws Exception {
    String run =
        submit(
            TWO_TEXTS.replace("EXIT", "0"),
            Map.of("workflow_engine_parameters", "{\"use_cache\": \"false\"}"));
    awaitState(run, "COMPLETE");
    String tasks = WES + "/runs/" + run + "/tasks";
    JsonNode first = server.json(tasks + "?page_size=1");
    assertThat(first.get("task_logs").size()).isEqualTo(1);
    JsonNode last =
        server.json(tasks + "?page_size=1&page_token=" + first.get("next_page_token").asString());
    assertThat(last.get("next_page_token").asString("none")).isEmpty();
    JsonNode task = last.get("task_logs").get(0);
    assertThat(task.get("id")).isNotEqualTo(first.get("task_logs").get(0).get("id"));
    assertThat(server.json(tasks + "/" + task.get("id").asString())).isEqualTo(task);
    assertThat(task.get("cmd").get(0).asString()).isEqualTo("sh");
    assertThat(text(task.get("stderr"))).isEqualTo("counting\n");
    assertError(server.get(tasks + "/4711"), 404, "4711");
    assertError(server.get(tasks + "?page_token=*"), 400, "page_token");
  }

  @Test
  void aFailingToolIsAnExecutorErrorWithItsExitCode() throws Exception {
    String run = submit(TWO_TEXTS.replace("EXIT", "7"), Map.of());
    awaitState(run, "EXECUTOR_ERROR");
    JsonNode log = server.json(WES + "/runs/" + run).get("run_log");
    assertThat(log.get("exit_code").asInt()).isEqualTo(7);
    assertThat(log.get("system_logs").toString()).contains("7");
  }

  @Test
  void aRunIsCancelledAndListedWithItsTags() throws Exception {
    List<Field> fields = form("sleep.cwl", "{}", Map.of("tags", "{\"who\": \"me\"}"));
    fields.add(Field.attached("sleep.cwl", SLEEP));
    String run = TestServer.JSON.readTree(post(fields).body()).get("run_id").asString();
    awaitState(run, "RUNNING");
    HttpResponse<String> answer = server.postJson(WES + "/runs/" + run + "/cancel", "");
    assertThat(TestServer.JSON.readTree(answer.body()).get("run_id").asString()).isEqualTo(run);
    awaitState(run, "CANCELED");
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = server.json(WES + "/runs?page_size=1&page_token=" + token);
      for (JsonNode row : page.get("runs")) {
        seen.add(row.get("run_id").asString());
        assertThat(row.has("tags")).isTrue();
      }
      token = page.get("next_page_token").asString();
    } while (!token.isEmpty());
    assertThat(seen).contains(run).doesNotHaveDuplicates();
  }

  @Test
  void wrongRequestsAreRefusedWithWhatIsSupported() throws Exception {
    assertError(
        post(form("x.cwl", "{}", Map.of("workflow_type", "WDL"))), 400, "workflow_type", "CWL");
    assertError(
        post(form("x.cwl", "{}", Map.of("workflow_type_version", "v9"))), 400, "v1.0", "v1.2");
    assertError(
        post(form("x.cwl", "{}", Map.of("workflow_engine_version", "1"))), 400, "workflow_engine");
    assertError(
        post(form("x.cwl", "{}", Map.of("workflow_engine_parameters", "{\"speed\": \"11\"}"))),
        400,
        "speed",
        "use_cache");
    assertError(post(form("x.cwl", "[1", Map.of())), 400, "workflow_params");
    assertError(post(form("x.cwl", "{}", Map.of("tags", "{\"a\": 1}"))), 400, "tags");
    assertError(post(form("x.cwl", "{}", Map.of())), 400, "x.cwl");
    assertError(server.postJson(WES + "/runs", "{}"), 400, "multipart");
    assertError(server.get(WES + "/runs/nothing"), 404, "nothing");
    assertError(server.get(WES + "/runs?page_size=0"), 400, "page_size");
    assertError(server.get(WES + "/nowhere"), 404);
  }

  @Test
  void attachmentsStayInTheirFolder() throws Exception {
    for (String name : List.of("../up.cwl", "a/../../up.cwl", "/etc/up.cwl", "a\\\\..\\\\up.cwl")) {
      List<Field> fields = form("x.cwl", "{}", Map.of());
      fields.add(Field.attached(name, SLEEP));
      assertError(post(fields), 400, "workflow_attachment");
    }
    assertError(post(form("file:///etc/passwd", "{}", Map.of())), 400, "upload");
    assertError(post(form("../../admin-token", "{}", Map.of())), 400, "..");
  }

  @Test
  void theServiceSaysWhatItIs() throws Exception {
    JsonNode info = server.json(WES + "/service-info");
    assertThat(info.at("/type/artifact").asString()).isEqualTo("wes");
    assertThat(info.at("/workflow_type_versions/CWL/workflow_type_version").toString())
        .contains("v1.0", "v1.1", "v1.2");
    assertThat(info.get("supported_wes_versions").toString()).contains("1.1.0");
    assertThat(text(info.get("auth_instructions_url"))).contains("Bearer");
  }
}
