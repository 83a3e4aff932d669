package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Triggers that ask a table first. Each test has names of its own. */
@ExtendWith(SharedServer.Shared.class)
final class TriggerDecisionsIT {

  private static final String TRIGGERS = "/api/v1/triggers/";
  private static final String FIRINGS = "/api/v1/firings";

  private final TestServer server;

  TriggerDecisionsIT(SharedServer shared) {
    this.server = shared.server();
  }

  private static String kept(TestServer as, String name, String document) throws Exception {
    String type = document.startsWith("<") ? Dmn.TYPE : "application/cwl";
    HttpResponse<String> answer = Bpmn.keep(as, type, name, document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static HttpResponse<String> save(TestServer as, String name, String document)
      throws Exception {
    return as.send(
        as.to(TRIGGERS + name)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(document)));
  }

  private JsonNode saved(String name, String document) throws Exception {
    HttpResponse<String> answer = save(server, name, document);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return TestServer.JSON.readTree(answer.body());
  }

  private static String event(String name, String id, String level) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/t-%s\",\"type\":\"reading\",\"data\":{\"level\":%s}}"
        .formatted(id, name, level);
  }

  private void send(String name, String id, String level) throws Exception {
    HttpRequest.Builder request =
        server
            .to("/api/v1/events")
            .header("Content-Type", "application/cloudevents+json")
            .POST(BodyPublishers.ofString(event(name, id, level)));
    assertThat(server.send(request).statusCode()).isEqualTo(202);
  }

  private JsonNode awaitFiring(String trigger, String state) throws Exception {
    String query = "?trigger=" + trigger + "&state=" + state;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !server.json(FIRINGS + query).get("firings").isEmpty());
    List<JsonNode> found = server.json(FIRINGS + query).get("firings").valueStream().toList();
    return server.json(found.getFirst().at("/links/self").asString());
  }

  private static String trigger(String name, String inputs) {
    return """
    name: %1$s
    filter: {source: /t-%1$s, type: reading}
    decide:
      decision: %1$s-level
      inputs: {level: $(self.data.level)}
    workflow: %1$s
    inputs: %2$s
    """
        .formatted(name, inputs);
  }

  private JsonNode tried(String document, String event) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("document", document).set("event", TestServer.JSON.readTree(event));
    HttpResponse<String> answer =
        server.postJson("/api/v1/triggers/test", TestServer.JSON.writeValueAsString(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.JSON.readTree(answer.body());
  }

  @Test
  void aTableDecidesWhetherThereIsARunAndTellsWhatWasDecided() throws Exception {
    kept(server, "warn", Bpmn.ECHO);
    String table = kept(server, "warn-level", Dmn.alarm("5.01"));
    JsonNode trigger =
        saved(
            "warn", trigger("warn", "{word: \"$(decision.colour) above $(decision.threshold)\"}"));
    assertThat(trigger.get("decision").asString()).isEqualTo(table);
    send("warn", "calm", "2");
    send("warn", "high", "7.5");
    send("warn", "odd", "\"high\"");
    JsonNode done = awaitFiring("warn", "done");
    JsonNode run = server.json(done.at("/links/run").asString());
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    assertThat(server.get("/api/v1/runs/" + run.get("id").asString() + "/inputs").body())
        .contains("red above 7.5");
    assertThat(done.at("/decision/decision").asString()).isEqualTo("warn-level");
    assertThat(done.at("/decision/digest"))
        .isEqualTo(server.json("/api/v1/workflows/" + table).get("version"));
    assertThat(done.at("/decision/rules").toString())
        .isEqualTo("[{\"decision\":\"alarm\",\"rule\":2,\"id\":\"severe\"}]");
    JsonNode skipped = awaitFiring("warn", "skipped");
    assertThat(skipped.get("reason").asString()).isEqualTo("no rule of warn-level matched");
    assertThat(skipped.has("run")).isFalse();
    assertThat(skipped.at("/decision/rules")).isEmpty();
    JsonNode dead = awaitFiring("warn", "dead");
    assertThat(dead.get("reason").asString()).contains("decide: ", "level");

    saved("warn", trigger("warn", "{word: $(decision.colour)}").replace("$(self.data.level)", "4"));
    assertThat(
            server
                .postJson(
                    FIRINGS + "/replay", "{\"firing\": %d}".formatted(dead.get("id").asLong()))
                .body())
        .isEqualTo("{\"replayed\":1}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(FIRINGS + "?trigger=warn&state=done").get("firings").size() == 2);
  }

  @Test
  void theTableOfTheMomentInWhichItWasSavedDecides() throws Exception {
    kept(server, "pinned", Bpmn.ECHO);
    String first = kept(server, "pinned-level", Dmn.alarm("5.02"));
    String document = trigger("pinned", "{word: $(decision.colour)}");
    saved("pinned", document);
    String second = kept(server, "pinned-level", Dmn.alarm("9.02"));
    send("pinned", "before", "6");
    assertThat(awaitFiring("pinned", "done").at("/decision/outputs/colour").asString())
        .isEqualTo("red");
    JsonNode again = saved("pinned", document);
    assertThat(again.get("version").asInt()).isEqualTo(2);
    assertThat(again.get("decision").asString()).isEqualTo(second).isNotEqualTo(first);
    assertThat(server.send(server.to("/api/v1/workflows/" + second).DELETE()).statusCode())
        .isEqualTo(204);
    send("pinned", "after", "6");
    assertThat(awaitFiring("pinned", "dead").get("reason").asString())
        .contains("its decision " + second + " is no longer kept");
  }

  @Test
  void whatDoesNotFitIsRefusedWhereItStands() throws Exception {
    kept(server, "fits", Bpmn.ECHO);
    kept(server, "fits-level", Dmn.alarm("5.03"));
    String right = trigger("fits", "{word: $(decision.colour)}");
    String[][] wrong = {
      {"decision: fits-level", "decision: nowhere", "nowhere"},
      {"decision: fits-level", "decision: fits", "trigger.yaml:4:13", "which is a workflow"},
      {"{level: ", "{levels: ", "trigger.yaml:5:12", "no input of the decision, which needs level"},
      {"{level: ", "{levels: ", "the decision's input \\\"level\\\" has no value"},
      {"decision.colour", "decision.color", "trigger.yaml:7:16", "which tells colour, threshold"},
      {"workflow: fits", "workflow: fits-level", "found a decision in DMN"},
    };
    for (String[] each : wrong) {
      HttpResponse<String> answer = save(server, "fits", right.replace(each[0], each[1]));
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
      for (int i = 2; i < each.length; i++) {
        assertThat(answer.body()).contains(each[i]);
      }
    }
    TestServer other = server.as("decides-not");
    kept(other, "fits", Bpmn.ECHO);
    assertThat(
            save(other, "fits-other", right.replace("name: fits", "name: fits-other")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aTriggerThatIsTriedTellsWhatTheTableSays() throws Exception {
    kept(server, "trial", Bpmn.ECHO);
    kept(server, "trial-level", Dmn.alarm("5.04"));
    String document = trigger("trial", "{word: $(decision.colour)}");
    JsonNode red = tried(document, event("trial", "1", "6"));
    assertThat(red.at("/inputs/word").asString()).isEqualTo("red");
    assertThat(red.at("/decision/rules/0/id").asString()).isEqualTo("severe");
    assertThat(red.has("reason")).isFalse();
    JsonNode calm = tried(document, event("trial", "1", "1"));
    assertThat(calm.get("matches").asBoolean()).isTrue();
    assertThat(calm.get("skipped").asBoolean()).isTrue();
    assertThat(calm.get("reason").asString()).isEqualTo("no rule of trial-level matched");
    assertThat(calm.has("inputs")).isFalse();
    JsonNode odd = tried(document, event("trial", "1", "\"high\""));
    assertThat(odd.has("skipped")).isFalse();
    assertThat(odd.get("reason").asString()).contains("decide: ", "level");
  }

  @Test
  void aMessageIsGivenIfATableSaysSo() throws Exception {
    kept(server, "told-level", Dmn.alarm("5.05"));
    String wait = "<receiveTask id=\"wait\" messageRef=\"go\"/>";
    kept(server, "told", Bpmn.document("told", "", Bpmn.chain(wait, "wait")));
    String run =
        TestServer.JSON
            .readTree(server.postJson("/api/v1/runs", "{\"workflow\": \"told\"}").body())
            .get("id")
            .asString();
    saved(
        "told",
        trigger("told", "{}")
            .replaceFirst(
                "(?s)workflow:.*",
                "message: {name: go, run: %s, values: {colour: \\$(decision.colour)}}\n"
                    .formatted(run)));
    send("told", "low", "1");
    awaitFiring("told", "skipped");
    send("told", "high", "6");
    awaitFiring("told", "done");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> server.json("/api/v1/runs/" + run).get("state").asString().equals("succeeded"));
    assertThat(server.json("/api/v1/runs/" + run + "/outputs").toString())
        .contains("\"colour\":\"red\"");
  }
}
