package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.body;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Executing a process at once, and how it answers. Part 1, "Execute". */
@ExtendWith(OgcService.Shared.class)
final class OgcExecuteIT {

  private final OgcService ogc;

  OgcExecuteIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @Test
  void aSingleOutputAnswersForItself() throws Exception {
    HttpResponse<String> answer = ogc.execute("echo", "{\"inputs\": {\"text\": \"Grüße\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Grüße");
    assertThat(header(answer, "Link")).contains("rel=monitor");
    HttpResponse<String> document =
        ogc.execute(
            "echo", "{\"inputs\": {\"text\": {\"value\": \"a\"}}, \"response\": \"document\"}");
    assertThat(document.body()).isEqualTo("{\"text\":\"a\"}");
    assertThat(ogc.execute("echo", "{\"inputs\": {\"text\": \"a\"}, \"outputs\": {}}").body())
        .as("to name no output is to ask for all")
        .isEqualTo("a");
  }

  @Test
  void filesComeInByValueAndGoOutByValueAndReference() throws Exception {
    String inputs =
        """
        {"inputs": {"texts": ["one ", {"value": "%s", "mediaType": "text/plain", "encoding": "base64"}],
                    "area": {"value": {"name": "Elbe", "size": 2.5}}, "kind": "weekly"},
         "outputs": {"all": {"transmissionMode": "value"}, "report": {"transmissionMode": "reference"}, "area": {}}}
        """
            .formatted(Base64.getEncoder().encodeToString("zwei".getBytes(StandardCharsets.UTF_8)));
    JsonNode results = body(ogc.execute("report", inputs));
    assertThat(results.at("/all/value").asString()).isEqualTo("one zwei");
    assertThat(results.at("/all/mediaType").asString()).isEqualTo("text/plain");
    assertThat(results.get("area").asString()).isEqualTo("Elbe");
    HttpResponse<String> report = ogc.get(path(results.at("/report/href").asString()));
    assertThat(body(report).get("kind").asString()).isEqualTo("weekly");
    assertThat(header(report, "Content-Type")).startsWith("application/json");
    HttpResponse<String> part =
        ogc.server()
            .send(
                ogc.server()
                    .to(path(results.at("/report/href").asString()))
                    .header("Range", "bytes=0-0"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("{");
    HttpResponse<String> beyond =
        ogc.server()
            .send(
                ogc.server()
                    .to(path(results.at("/report/href").asString()))
                    .header("Range", "bytes=999999-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(body(beyond).get("status").asInt()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).matches("bytes \\*/[0-9]+");
  }

  @Test
  void severalRawOutputsAreThePartsOfOneAnswer() throws Exception {
    HttpResponse<String> answer =
        ogc.execute("report", "{\"inputs\": {\"texts\": [\"x y\"]}, \"response\": \"raw\"}");
    assertThat(header(answer, "Content-Type")).startsWith("multipart/related");
    assertThat(answer.body()).contains("Content-ID: <all>", "x y", "Content-ID: <area>", "none");
    HttpResponse<String> links =
        ogc.execute(
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
  void inputsByReferenceAreFetchedWhateverTheirType() throws Exception {
    String inputs =
        """
        {"inputs": {"texts": {"href": "%s", "type": "text/plain"}},
         "outputs": {"all": {}}}
        """
            .formatted(ogc.outside("/data.txt"));
    assertThat(ogc.execute("report", inputs).body()).isEqualTo("from outside");
    assertThat(
            ogc.execute(
                    "echo",
                    "{\"inputs\": {\"text\": {\"href\": \"" + ogc.outside("/data.txt") + "\"}}}")
                .body())
        .isEqualTo("from outside");
    String unit = "{\"executionUnit\": {\"href\": \"%s\"}}".formatted(ogc.outside("/echo.cwl"));
    HttpResponse<String> deployed = ogc.deploy("application/ogcapppkg+json", unit);
    assertThat(body(deployed).get("id").asString()).as(deployed.body()).isEqualTo("fetched");
  }

  @Test
  void wrongRequestsAreExceptionsWithTheirTypes() throws Exception {
    assertException(ogc.execute("nothing", "{}"), 404, CORE_ERRORS + "no-such-process");
    assertException(ogc.get("/ogc/jobs/nothing"), 404, CORE_ERRORS + "no-such-job");
    assertException(
        ogc.execute("echo", "{\"inputs\": {\"txt\": \"a\"}}"), 400, "InvalidParameterValue");
    assertException(
        ogc.execute("echo", "{\"inputs\": {\"text\": 5}}"), 400, "InvalidParameterValue");
    assertException(ogc.execute("echo", "{}"), 400, "InvalidParameterValue");
    assertException(
        ogc.execute("report", "{\"inputs\": {\"texts\": [], \"kind\": \"yearly\"}}"),
        400,
        "InvalidParameterValue");
    assertException(
        ogc.execute("echo", "{\"inputs\": {\"text\": \"a\"}, \"outputs\": {\"no\": {}}}"),
        400,
        "InvalidParameterValue");
    assertException(ogc.execute("echo", "{"), 400, "InvalidParameterValue");
    assertException(
        ogc.execute(
            "echo",
            "{\"inputs\": {\"text\": \"a\"}, \"subscriber\": {\"successUri\":"
                + " \"http://127.0.0.1:1/x\"}}"),
        400,
        "InvalidParameterValue");
  }
}
