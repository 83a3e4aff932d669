package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.body;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.job;
import static io.twinflow.engine.server.OgcService.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Executing, requirement by requirement as Part 1 names them (classes core and dismiss), and the
 * refusals of Part 2: the rest of {@link OgcRequirementsIT}. Callbacks are in {@link OgcJobsIT},
 * deployment in {@link OgcDeployIT}.
 */
@ExtendWith(OgcService.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OgcExecutionRequirementsIT {

  private static final String TEXT = "\"stringInput\": \"a text\"";

  private final OgcService ogc;

  OgcExecutionRequirementsIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @BeforeAll
  void somethingIsThere() throws Exception {
    ogc.deployMirror();
  }

  private HttpResponse<String> execute(String inputs, String rest, String... headers)
      throws Exception {
    return ogc.execute("mirror", "{\"inputs\": {%s}%s}".formatted(inputs, rest), headers);
  }

  private static String only(String output, String mode) {
    return ", \"outputs\": {\"%s\": {\"transmissionMode\": \"%s\"}}".formatted(output, mode);
  }

  @ParameterizedTest(name = "/req/core/{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "process-execute-input-inline       | doubleInput | 2.5                                  | 2.5",
        "process-execute-input-array        | arrayInput  | [[1, 2], [3]]                        | [[1,2],[3]]",
        "process-execute-input-array        | arrayInput  | [[4]]                                | [[4]]",
        "process-execute-input-inline-bbox  | bboxInput   | {\"bbox\": [51.9, 7, 52, 7.1], \"crs\": \"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"} | {\"bbox\":[51.9,7,52,7.1],\"crs\":\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"}",
        "process-execute-input-inline-object | bboxInput  | {\"value\": {\"bbox\": [1, 2, 3, 4]}} | {\"bbox\":[1,2,3,4]}",
        "process-execute-input-mixed-type   | mixedInput  | {\"value\": 7.5}                     | 7.5",
        "process-execute-input-mixed-type   | mixedInput  | \"seven\"                            | \"seven\"",
      })
  void valuesComeBackAsTheyWere(String requirement, String input, String value, String expected)
      throws Exception {
    String given = TEXT + ", \"%s\": %s".formatted(input, value);
    JsonNode results = body(execute(given, ", \"response\": \"document\""));
    assertThat(results.get(input)).isEqualTo(TestServer.JSON.readTree(expected));
  }

  @Test
  @DisplayName("/req/core/process-execute-input-inline-binary")
  void binaryValuesAreBase64() throws Exception {
    byte[] image = {'I', 'I', 42, 0, (byte) 0xFF};
    String value =
        "\"imageInput\": {\"value\": \"%s\", \"mediaType\": \"image/tiff\", \"encoding\": \"base64\"}"
            .formatted(Base64.getEncoder().encodeToString(image));
    JsonNode results =
        body(execute(TEXT + ", " + value, ", \"response\": \"document\"")).get("imageInput");
    assertThat(Base64.getDecoder().decode(results.get("value").asString())).isEqualTo(image);
    assertThat(results.get("encoding").asString()).isEqualTo("base64");
  }

  @Test
  @DisplayName("/req/core/process-execute-inputs, process-execute-input-ref")
  void valuesComeByReferenceAndAreCheckedLikeOthers() throws Exception {
    String text = "\"stringInput\": {\"href\": \"%s\"}".formatted(ogc.outside("/data.txt"));
    assertThat(execute(text, only("stringInput", "value")).body()).isEqualTo("from outside");
    String number =
        TEXT + ", \"doubleInput\": {\"href\": \"%s\"}".formatted(ogc.outside("/number"));
    assertException(execute(number, ""), 400, "InvalidParameterValue");
  }

  @ParameterizedTest(name = "/req/core/process-execute-input-validation: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"stringInput\": 5`",
        "`\"doubleInput\": 1.5`",
        "`\"stringInput\": \"a\", \"doubleInput\": \"many\"`",
        "`\"stringInput\": \"a\", \"bboxInput\": {\"bbox\": \"here\"}`",
        "`\"stringInput\": \"a\", \"imageInput\": {\"value\": \"AA==\", \"mediaType\": \"text/csv\"}`",
        "`\"stringInput\": \"a\", \"imageInput\": {\"type\": \"wrong/type\"}`",
        "`\"stringInput\": \"a\", \"other\": 1`",
      })
  void wrongValuesAreToldByTheirInput(String inputs) throws Exception {
    HttpResponse<String> answer = execute(inputs, "");
    assertException(answer, 400, "InvalidParameterValue");
    assertThat(body(answer).get("detail").asString()).containsPattern("[a-z]+Input|other");
  }

  @Test
  @DisplayName("/req/core/process-execute-default-outputs, process-execute-sync-many-json")
  void severalOutputsAreADocumentHoweverManyOfThemHaveAValue() throws Exception {
    HttpResponse<String> all = execute(TEXT, "", "Accept", "application/json");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(header(all, "Content-Type")).isEqualTo("application/json");
    assertThat(body(all)).isEqualTo(TestServer.JSON.readTree("{\"stringInput\":\"a text\"}"));
    String two = ", \"outputs\": {\"stringInput\": {}, \"doubleInput\": {}}";
    assertThat(body(execute(TEXT, two, "Accept", "application/json"))).isEqualTo(body(all));
  }

  @Test
  @DisplayName("/req/core/process-execute-sync-one, process-execute-sync-one-content")
  void oneOutputIsTheAnswerInTheFormThatIsWanted() throws Exception {
    assertThat(execute(TEXT, only("stringInput", "value")).body()).isEqualTo("a text");
    HttpResponse<String> json =
        execute(TEXT, only("stringInput", "value"), "Accept", "application/json");
    assertThat(json.body()).isEqualTo("\"a text\"");
  }

  @Test
  @DisplayName("/req/core/job-creation-sync-raw-value-multi, -raw-ref, -raw-mixed-multi")
  void rawAnswersAreWhatThePublishedVersionSays() throws Exception {
    HttpResponse<String> several = execute(TEXT, ", \"response\": \"raw\"");
    assertThat(header(several, "Content-Type")).startsWith("multipart/related");
    assertThat(several.body()).contains("Content-ID: <stringInput>", "a text");
    HttpResponse<String> reference =
        execute(TEXT, only("stringInput", "reference") + ", \"response\": \"raw\"");
    assertThat(reference.statusCode()).isEqualTo(204);
    assertThat(reference.headers().allValues("Link"))
        .anyMatch(link -> link.matches("<.*/results/stringInput>; rel=.*"));
  }

  @Test
  @DisplayName("/req/core/job-results-success-sync: what the OGC's suite cannot follow")
  void aSynchronousAnswerLeadsToItsJob() throws Exception {
    String link = header(execute(TEXT, ""), "Link");
    assertThat(link).matches("<http://[^>]+/ogc/jobs/[^>]+>; rel=monitor");
    HttpResponse<String> status = ogc.get(path(link.substring(1, link.indexOf('>'))));
    assertThat(header(status, "Content-Type")).isEqualTo("application/json");
    assertThat(body(status).get("status").asString()).isEqualTo("successful");
  }

  @Test
  @DisplayName("/req/core/process-execute-async, job-result, job-results-async-one, -async-many")
  void anAsynchronousJobIsFollowedToEachOfItsResults() throws Exception {
    String inputs = TEXT + ", \"doubleInput\": 1.5";
    HttpResponse<String> answer = execute(inputs, "", "Prefer", "respond-async");
    String job = job(answer);
    assertThat(body(answer).get("type").asString()).isEqualTo("process");
    ogc.awaitStatus(job, "successful");
    assertThat(ogc.json(job + "/results"))
        .isEqualTo(TestServer.JSON.readTree("{\"stringInput\":\"a text\",\"doubleInput\":1.5}"));
    assertThat(ogc.json(job + "/results?outputs=doubleInput"))
        .isEqualTo(TestServer.JSON.readTree("{\"doubleInput\":1.5}"));
    assertThat(ogc.get(job + "/results/stringInput").body()).isEqualTo("a text");
  }

  @Test
  @DisplayName("/req/core/job-results-exception/results-not-ready, /req/dismiss/job-dismiss-*")
  void aRunningJobHasNoResultsAndIsDismissed() throws Exception {
    String job = job(execute(TEXT + ", \"pause\": 60", "", "Prefer", "respond-async"));
    assertException(ogc.get(job + "/results"), 404, CORE_ERRORS + "result-not-ready");
    HttpResponse<String> dismissed = ogc.send("DELETE", job, "text/plain", "");
    assertThat(dismissed.statusCode()).isEqualTo(200);
    assertThat(body(dismissed).get("status").asString()).isEqualTo("dismissed");
    assertThat(ogc.json(job).get("status").asString()).isEqualTo("dismissed");
  }

  @Test
  @DisplayName("/req/deploy-replace-undeploy/deploy-response-immutable, deploy-response-duplicate")
  void whatMayNotBeChangedIsNotDeployedOnceMore() throws Exception {
    String unit =
        """
        {"processDescription": {"process": {"id": "rock", "mutable": false}},
         "executionUnit": {"value": %s, "mediaType": "application/cwl+json"}}
        """
            .formatted(OgcService.ECHO);
    assertThat(ogc.deploy("application/ogcapppkg+json", unit).statusCode()).isEqualTo(201);
    assertException(
        ogc.deploy("application/ogcapppkg+json", unit),
        403,
        ERRORS + "ogcapi-processes-2/1.0/immutable-process");
    HttpResponse<String> content = ogc.get("/ogc/processes/rock/package");
    assertThat(content.body().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(unit.getBytes(StandardCharsets.UTF_8));
    assertThat(header(content, "Content-Type")).isEqualTo("application/ogcapppkg+json");
  }
}
