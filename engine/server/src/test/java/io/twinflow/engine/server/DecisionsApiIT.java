package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Decisions over the interface: kept, tried, and refused where runs are asked for. */
@ExtendWith(SharedServer.Shared.class)
final class DecisionsApiIT {

  private static final String WORKFLOWS = "/api/v1/workflows";

  private final TestServer server;

  DecisionsApiIT(SharedServer shared) {
    this.server = shared.server();
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return TestServer.JSON.readTree(answer.body());
  }

  private HttpResponse<String> decide(TestServer who, String name, String body) throws Exception {
    return who.postJson(WORKFLOWS + "/" + name + "/decide", body);
  }

  @Test
  void documentsAreKeptLikeWorkflows() throws Exception {
    String document = Dmn.alarm("5");
    JsonNode made = json(Dmn.keep(server, "kept-dmn", document), 201);
    assertThat(made.get("kind").asString()).isEqualTo("dmn");
    assertThat(made.at("/inputs/0/name").asString()).isEqualTo("level");
    assertThat(made.at("/inputs/0/type").asString()).isEqualTo("number");
    assertThat(made.at("/outputs").toString()).contains("colour", "threshold");
    String id = made.get("id").asString();
    assertThat(json(Dmn.keep(server, "kept-dmn", document), 200).get("id").asString())
        .isEqualTo(id);
    assertThat(server.json(WORKFLOWS + "/kept-dmn").get("version")).isEqualTo(made.get("version"));
    assertThat(server.get(WORKFLOWS + "/" + id + "/source").body()).isEqualTo(document);
    JsonNode listed = server.json(WORKFLOWS + "?name=kept-dmn").at("/workflows/0");
    assertThat(listed.get("kind").asString()).isEqualTo("dmn");
    assertThat(listed.at("/links/decide").asString()).isEqualTo(WORKFLOWS + "/" + id + "/decide");

    JsonNode wrong =
        json(Dmn.keep(server, "wrong", document.replace("&gt;= 5", "&gt;&gt; 5")), 422);
    assertThat(wrong.at("/errors/0/source").asString()).isEqualTo("wrong.dmn");
    assertThat(wrong.at("/errors/0/line").asInt()).isEqualTo(10);
    assertThat(
            json(Dmn.keep(server, "wrong", document.replace("</definitions>", "")), 422).toString())
        .contains("wrong.dmn");
    assertThat(json(Bpmn.keep(server, "application/xml", "wrong", "<what/>"), 422).toString())
        .contains("wrong.bpmn", "expected a BPMN 2.0 document");
  }

  @Test
  void whoeverSeesItMayTryIt() throws Exception {
    TestServer alice = server.as("dmn-alice");
    TestServer bob = server.as("dmn-bob");
    JsonNode kept = json(Dmn.keep(alice, "tried", Dmn.alarm("6")), 201);
    JsonNode red = json(decide(alice, "tried", "{\"inputs\": {\"level\": 6.1250}}"), 200);
    assertThat(red.get("decision").asString()).isEqualTo("tried");
    assertThat(red.get("digest")).isEqualTo(kept.get("version"));
    assertThat(red.at("/rules").toString())
        .isEqualTo("[{\"decision\":\"alarm\",\"rule\":2,\"id\":\"severe\"}]");
    assertThat(red.at("/outputs/colour").asString()).isEqualTo("red");
    assertThat(red.get("result")).isEqualTo(red.get("outputs"));
    assertThat(decide(alice, "tried", "{\"inputs\": {\"level\": 12345678901234567890.25}}").body())
        .contains("12345678901234567890.25");

    String version = kept.get("version").asString();
    JsonNode none = json(decide(alice, version, "{\"inputs\": {\"level\": 1}}"), 200);
    assertThat(none.get("result").isNull()).isTrue();
    assertThat(none.get("rules")).isEmpty();
    assertThat(none.at("/outputs/colour").isMissingNode() || none.at("/outputs/colour").isNull())
        .isTrue();

    assertThat(decide(bob, "tried", "{\"inputs\": {\"level\": 6}}").statusCode()).isEqualTo(404);
    assertThat(decide(server, version, "{\"inputs\": {\"level\": 6}}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"inputs\": {\"level\": \"high\"}} | level",
        "{\"inputs\": {\"levle\": 1}} | no input of asked, which needs level. Did you mean",
        "{\"inputs\": {}} | the input \"level\" of asked has no value",
        "{\"inputs\": 7} | expected an object",
        "{} | has no value",
        "[] | the body has not the form expected here",
      })
  void inputsThatDoNotFitAreNamed(String body, String part) throws Exception {
    Dmn.keep(server, "asked", Dmn.alarm("7"));
    assertThat(json(decide(server, "asked", body), 400).toString().replace("\\\"", "\""))
        .contains(part);
  }

  @Test
  void thereAreNoRunsOfIt() throws Exception {
    String document = Dmn.alarm("8");
    Dmn.keep(server, "no-runs", document);
    String told = "found a decision in DMN, of which there are no runs. Ask it with POST";
    assertThat(json(server.postJson("/api/v1/runs", "{\"workflow\": \"no-runs\"}"), 422).toString())
        .contains(told);
    String body =
        TestServer.JSON.writeValueAsString(
            TestServer.JSON.createObjectNode().put("workflow", document));
    assertThat(json(server.postJson("/api/v1/runs", body), 422).toString()).contains(told);
    HttpResponse<String> wes =
        server.send(
            server
                .to("/ga4gh/wes/v1/runs")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(wes(document))));
    assertThat(wes.statusCode()).as(wes.body()).isEqualTo(400);
    assertThat(wes.body()).contains(told);

    Bpmn.keep(server, "application/cwl", "no-decision", Bpmn.ECHO);
    assertThat(json(decide(server, "no-decision", "{\"inputs\": {\"level\": 1}}"), 400).toString())
        .contains("expected a decision in DMN, found \\\"no-decision\\\", which is a workflow");
  }

  private static String wes(String document) {
    StringBuilder form = new StringBuilder();
    String[][] parts = {
      {"workflow_type\"", "CWL"},
      {"workflow_type_version\"", "v1.2"},
      {"workflow_url\"", "table.dmn"},
      {"workflow_attachment\"; filename=\"table.dmn\"", document},
    };
    for (String[] part : parts) {
      form.append("--x\r\nContent-Disposition: form-data; name=\"")
          .append(part[0])
          .append("\r\n\r\n")
          .append(part[1])
          .append("\r\n");
    }
    return form.append("--x--\r\n").toString();
  }

  @Test
  void whatIsDeletedDecidesNoMore() throws Exception {
    String id = json(Dmn.keep(server, "gone-dmn", Dmn.alarm("9")), 201).get("id").asString();
    assertThat(decide(server, id, "{\"inputs\": {\"level\": 9}}").statusCode()).isEqualTo(200);
    assertThat(server.send(server.to(WORKFLOWS + "/" + id).DELETE()).statusCode()).isEqualTo(204);
    assertThat(decide(server, id, "{\"inputs\": {\"level\": 9}}").statusCode()).isEqualTo(404);
  }
}
