package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What WES and OGC API - Processes refuse, in the form that each standard has for it. {@link
 * Promises} looks at the form of every answer besides; a full queue (429) is in {@link QueueIT}.
 */
@ExtendWith(SharedServer.Shared.class)
final class StandardRefusalsIT {

  private static final String WES = "/ga4gh/wes/v1";
  private static final String ABSENT = "20261120-000000-aaaaaa";
  private static final int TOO_MUCH = (32 << 20) + 1;
  private static final String TOOL =
      "{\"cwlVersion\": \"v1.2\", \"class\": \"CommandLineTool\", \"id\": \"NAME\", \"baseCommand\": \"true\", \"inputs\": [], \"outputs\": []}";

  private final TestServer server;

  StandardRefusalsIT(SharedServer shared) {
    this.server = shared.server();
  }

  private static JsonNode refused(HttpResponse<String> answer, int status, String told) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.body())
        .doesNotContain("Exception", "java.", "springframework", "io.twinflow");
    JsonNode body = TestServer.JSON.readTree(answer.body());
    assertThat(body.path("msg").asString("") + body.path("detail").asString("")).contains(told);
    return body;
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    HttpRequest.Builder request = server.to(path);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return server.send(request.method(method, BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "GET    | /runs/ABSENT                     |                  | 404 | ABSENT",
        "GET    | /runs/ABSENT/status              |                  | 404 | ABSENT",
        "GET    | /runs/ABSENT/tasks               |                  | 404 | ABSENT",
        "GET    | /runs/ABSENT/tasks/1             |                  | 404 | ABSENT",
        "GET    | /runs/ABSENT/stdout              |                  | 404 | ABSENT",
        "GET    | /runs/ABSENT/outputs/a           |                  | 404 | ABSENT",
        "POST   | /runs/ABSENT/cancel              |                  | 404 | ABSENT",
        "GET    | /nothing                         |                  | 404 | nothing",
        "GET    | /runs?page_size=many             |                  | 400 | a number",
        "GET    | /runs?page_size=-1               |                  | 400 | at least 1",
        "GET    | /runs?page_token=%21             |                  | 400 | page_token",
        "PUT    | /runs                            |                  | 405 | PUT",
        "DELETE | /runs/ABSENT                     |                  | 405 | DELETE",
        "POST   | /runs                            | application/json | 400 | multipart/form-data",
        "POST   | /runs                            | text/plain       | 400 | multipart/form-data",
        "POST   | /runs                            |                  | 400 | multipart/form-data",
      })
  void ofWes(String method, String path, String type, int status, String told) throws Exception {
    HttpResponse<String> answer =
        send(method, WES + path.replace("ABSENT", ABSENT), type == null ? "" : type, "");
    JsonNode error = refused(answer, status, told.replace("ABSENT", ABSENT));
    assertThat(error.get("status_code").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "GET    | /nothing                         |                  | 404 | about:blank | nothing",
        "GET    | /processes/absent                |                  | 404 | no-such-process | absent",
        "GET    | /processes/absent/package        |                  | 404 | no-such-process | absent",
        "PUT    | /processes/absent                | application/cwl  | 404 | no-such-process | absent",
        "DELETE | /processes/absent                |                  | 404 | no-such-process | absent",
        "POST   | /processes/absent/execution      | application/json | 404 | no-such-process | absent",
        "GET    | /jobs/ABSENT                     |                  | 404 | no-such-job | ABSENT",
        "GET    | /jobs/ABSENT/results             |                  | 404 | no-such-job | ABSENT",
        "GET    | /jobs/ABSENT/results/a           |                  | 404 | no-such-job | ABSENT",
        "DELETE | /jobs/ABSENT                     |                  | 404 | no-such-job | ABSENT",
        "PATCH  | /jobs/ABSENT                     | application/json | 405 | about:blank | PATCH",
        "PUT    | /processes                       | application/cwl  | 405 | about:blank | PUT",
        "POST   | /processes                       | text/csv         | 415 | unsupported-media-type | text/csv",
        "POST   | /processes                       |                  | 415 | unsupported-media-type | application/cwl",
        "POST   | /processes                       | application/cwl  | 400 | InvalidParameterValue | empty",
        "POST   | /processes/refusing/execution    | text/plain       | 415 | about:blank | text/plain",
        "POST   | /processes/refusing/execution    | multipart/mixed; boundary=a | 415 | about:blank | multipart",
        "GET    | /processes?limit=0               |                  | 400 | invalid-query-parameter-value | limit",
        "GET    | /jobs?status=odd                 |                  | 400 | invalid-query-parameter-value | odd",
        "GET    | /conformance?f=xml               |                  | 400 | invalid-query-parameter-value | xml",
      })
  void ofTheOgc(String method, String path, String type, int status, String exception, String told)
      throws Exception {
    if (path.contains("refusing")) {
      deploy("refusing");
    }
    HttpResponse<String> answer =
        send(method, "/ogc" + path.replace("ABSENT", ABSENT), type == null ? "" : type, "");
    JsonNode body = refused(answer, status, told.replace("ABSENT", ABSENT));
    assertThat(body.get("type").asString()).endsWith(exception);
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("instance").asString()).startsWith("/ogc/");
  }

  private void deploy(String name) throws Exception {
    HttpResponse<String> answer =
        send("POST", "/ogc/processes", "application/cwl+json", TOOL.replace("NAME", name));
    assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
  }

  @Test
  void withoutATokenEachSaysSoInItsOwnForm() throws Exception {
    for (String path : List.of(WES + "/service-info", WES + "/runs", "/ogc", "/ogc/jobs")) {
      HttpResponse<String> answer =
          server.send(server.to(path).setHeader("Authorization", "Bearer nobody"));
      refused(answer, 401, "token");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    HttpResponse<String> how =
        server.send(server.to(WES + "/auth-instructions").setHeader("Authorization", "none"));
    assertThat(how.statusCode()).as("how to get a token is told without one").isEqualTo(200);
  }

  @Test
  void whatIsSomebodyElsesOrNobodysIsForbidden() throws Exception {
    deploy("of-the-administrator");
    TestServer other = server.as("guest");
    HttpResponse<String> answer =
        other.send(other.to("/ogc/processes/of-the-administrator").DELETE());
    JsonNode body = refused(answer, 403, "somebody else");
    assertThat(body.get("type").asString()).endsWith("/immutable-process");
    HttpResponse<String> priority =
        other.postJson("/ogc/processes/of-the-administrator/execution", "{\"priority\": 9}");
    refused(priority, 403, "up to 0, found 9");
    FormBody form =
        new FormBody()
            .text("workflow_type", "CWL")
            .text("workflow_type_version", "v1.2")
            .text("workflow_url", "tool.cwl")
            .text("workflow_engine_parameters", "{\"priority\": \"9\"}")
            .file("workflow_attachment", "tool.cwl", TOOL);
    refused(other.send(form.to(other.to(WES + "/runs"))), 403, "up to 0, found 9");
  }

  @Test
  void bodiesThatAreTooLargeAreAnsweredInTheFormOfTheStandard() throws Exception {
    deploy("refusing");
    String large = " ".repeat(TOO_MUCH);
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(send("POST", WES + "/runs", "application/x-www-form-urlencoded", large));
    answers.add(send("POST", "/ogc/processes", "application/cwl", large));
    answers.add(send("POST", "/ogc/processes/refusing/execution", "application/json", large));
    HttpRequest.Builder chunked =
        server
            .to("/ogc/processes/refusing/execution")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(() ->
                    new java.io.ByteArrayInputStream(
                        large.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    answers.add(server.send(chunked));
    for (HttpResponse<String> answer : answers) {
      refused(answer, 413, "MiB");
    }
  }
}
