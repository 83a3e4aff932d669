package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.firing.Triggers;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From events to runs, over HTTP. Each test has names of its own. */
@ExtendWith(SharedServer.Shared.class)
final class TriggersIT {

  private static final String TRIGGERS = "/api/v1/triggers/";
  private static final String FIRINGS = "/api/v1/firings";

  private static final String ECHO =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [echo]
      inputs:
        word: {type: string, inputBinding: {position: 1}}
        number: {type: int, default: 1, inputBinding: {position: 2}}
      stdout: said.txt
      outputs: {said: stdout}
      """;

  private final TestServer server;

  TriggersIT(SharedServer shared) {
    this.server = shared.server();
  }

  private static HttpResponse<String> keep(TestServer as, String name) throws Exception {
    return keep(as, name, ECHO);
  }

  private static HttpResponse<String> keep(TestServer as, String name, String text)
      throws Exception {
    return as.send(
        as.to("/api/v1/workflows?name=" + name)
            .header("Content-Type", "application/cwl")
            .POST(BodyPublishers.ofString(text)));
  }

  private static HttpResponse<String> save(TestServer as, String name, String document)
      throws Exception {
    return as.send(
        as.to(TRIGGERS + name)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(document)));
  }

  private static void saved(TestServer as, String name, String document) throws Exception {
    HttpResponse<String> answer = save(as, name, document);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  private static void send(TestServer as, String source, String id, String data) throws Exception {
    HttpRequest.Builder request =
        as.to("/api/v1/events")
            .header("Content-Type", "application/cloudevents+json")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"specversion":"1.0","id":"%s","source":"%s","type":"reading","subject":"s/%s","data":%s}
                    """
                        .formatted(id, source, id, data)));
    assertThat(as.send(request).statusCode()).isEqualTo(202);
  }

  private static List<JsonNode> firings(TestServer as, String query) throws Exception {
    return as.json(FIRINGS + query).get("firings").valueStream().toList();
  }

  private JsonNode awaitFiring(String trigger, String state) throws Exception {
    String query = "?trigger=" + trigger + "&state=" + state;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !firings(server, query).isEmpty());
    return server.json(firings(server, query).getFirst().at("/links/self").asString());
  }

  private static String trigger(String name, String source, String inputs) {
    return "name: %s\nfilter: {source: %s, type: reading}\nworkflow: %s\ninputs: %s\n"
        .formatted(name, source, name, inputs);
  }

  @Test
  void anEventStartsItsWorkflowOnceAndBothKnowEachOther() throws Exception {
    keep(server, "once");
    saved(
        server,
        "once",
        trigger("once", "/t-once", "{word: \"$(self.data.station)!\", number: $(self.data.level)}")
            + "labels: {twin: delft}\n");
    for (int i = 0; i < 3; i++) {
      send(server, "/t-once", "1", "{\"station\": \"hook\", \"level\": 7}");
    }
    JsonNode firing = awaitFiring("once", "done");
    JsonNode run = server.json(firing.at("/links/run").asString());
    assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("succeeded");
    assertThat(run.get("labels").toString()).contains("\"twin\":\"delft\"", "\"trigger\":\"once\"");
    assertThat(server.get("/api/v1/runs/" + run.get("id").asString() + "/inputs").body())
        .contains("\"hook!\"", "7");
    assertThat(firing.get("events")).hasSize(1);
    assertThat(firings(server, "?run=" + run.get("id").asString())).hasSize(1);
    JsonNode event = server.json("/api/v1/events?source=%2Ft-once").get("events").get(0);
    assertThat(event.get("state").asString()).isEqualTo("matched");
    assertThat(server.json(event.at("/links/firings").asString()).get("firings")).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsRefusedWhereItStands() throws Exception {
    keep(server, "misfit");
    HttpResponse<String> answer =
        save(
            server,
            "misfit",
            trigger("misfit", "/t-misfit", "{wort: a, number: \"the $(self.id)\"}"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains(
            "\\\"wort\\\" is no input of the workflow",
            "word",
            "trigger.yaml:4:10",
            "has no value: give it one among inputs",
            "the input \\\"number\\\"");
    assertThat(save(server, "misfit", trigger("misfit", "/t-m", "{word: $(self.id}")).body())
        .contains("trigger.yaml:4");
    assertThat(save(server, "other", trigger("misfit", "/t-m", "{word: a}")).body())
        .contains("expected name: other");
    assertThat(save(server, "misfit", "name: misfit\nfilter: {}\nworkflow: misfit\n").statusCode())
        .isEqualTo(400);
    assertThat(
            save(server, "misfit", "name: misfit\nfilter: {type: a}\nworkflow: nowhere\n").body())
        .contains("nowhere");
    assertThat(
            save(
                    server,
                    "misfit",
                    trigger("misfit", "/t-m", "{word: a}") + "options: {priority: 1000}\n")
                .body())
        .contains("priority");
    assertThat(server.get(TRIGGERS + "misfit").statusCode()).isEqualTo(404);
  }

  private JsonNode tried(String document, String type, String data) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("document", document);
    body.set(
        "event",
        TestServer.JSON.readTree(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/t-try\",\"type\":\"%s\",\"data\":%s}"
                .formatted(type, data)));
    return TestServer.JSON.readTree(server.postJson(TRIGGERS + "test", body.toString()).body());
  }

  @Test
  void itCanBeTriedWithAnEventBeforeItIsSaved() throws Exception {
    keep(server, "try");
    String document = trigger("try", "/t-try", "{word: $(self.data.station)}");
    JsonNode made = tried(document, "reading", "{\"station\": \"hook\"}");
    assertThat(made.get("matches").asBoolean()).isTrue();
    assertThat(made.get("inputs").toString()).isEqualTo("{\"word\":\"hook\"}");
    assertThat(made.has("reason")).isFalse();
    assertThat(tried(document, "other", "{}").get("reason").asString())
        .isEqualTo("type: expected reading, found 'other'");
    assertThat(tried(document, "reading", "{\"station\": 5}").get("reason").asString())
        .contains("word", "string");
    assertThat(tried(document, "reading", "{}").get("reason").asString())
        .contains("word", "found null");
    assertThat(
            tried(trigger("try", "/t-try", "{word: $(self.a.b)}"), "reading", "{}")
                .get("reason")
                .asString())
        .contains("trigger.yaml:4:25", "self.a.b");
    assertThat(server.get(TRIGGERS + "try").statusCode()).isEqualTo(404);
  }

  @Test
  void deadLettersSayWhyAndAreTriedAgain() throws Exception {
    keep(server, "dead");
    saved(server, "dead", trigger("dead", "/t-dead", "{word: $(self.data.station)}"));
    send(server, "/t-dead", "1", "{\"station\": 5}");
    JsonNode dead = awaitFiring("dead", "dead");
    assertThat(dead.get("reason").asString()).contains("word", "string");
    assertThat(dead.has("run")).isFalse();
    saved(server, "dead", trigger("dead", "/t-dead", "{word: \"number $(self.data.station)\"}"));
    HttpResponse<String> replayed = server.postJson(FIRINGS + "/replay", "{\"trigger\": \"dead\"}");
    assertThat(replayed.body()).isEqualTo("{\"replayed\":1}");
    JsonNode done = awaitFiring("dead", "done");
    assertThat(done.get("id")).isEqualTo(dead.get("id"));
    assertThat(done.get("version").asInt()).isEqualTo(2);
    assertThat(server.postJson(FIRINGS + "/replay", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void whatItSaidInEachVersionCanBeReadAlsoWhenItIsGone() throws Exception {
    keep(server, "versions");
    String first = trigger("versions", "/t-versions", "{word: $(self.id)}");
    saved(server, "versions", first);
    send(server, "/t-versions", "1", "{}");
    JsonNode firing = awaitFiring("versions", "done");
    String second = trigger("versions", "/t-versions", "{word: second}");
    saved(server, "versions", second);
    saved(server, "versions", second);
    JsonNode then = server.json(firing.at("/links/version").asString());
    assertThat(then.get("document").asString()).isEqualTo(first);
    assertThat(then.get("current").asBoolean()).isFalse();
    assertThat(server.json(TRIGGERS + "versions").get("current").asBoolean()).isTrue();
    JsonNode page = server.json(TRIGGERS + "versions/versions?limit=1");
    assertThat(page.at("/versions/0/version").asInt()).isEqualTo(2);
    assertThat(server.json(page.get("next").asString()).at("/versions/0/version").asInt())
        .isEqualTo(1);
    assertThat(server.send(server.to(TRIGGERS + "versions").DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(TRIGGERS + "versions").statusCode()).isEqualTo(404);
    JsonNode left = server.json(TRIGGERS + "versions/versions").get("versions");
    assertThat(left.valueStream().map(each -> each.get("document").asString()))
        .containsExactly(second, first);
    assertThat(server.get(TRIGGERS + "versions/versions/3").statusCode()).isEqualTo(404);
    assertThat(server.get(TRIGGERS + "never/versions").statusCode()).isEqualTo(404);
  }

  private static final String BELOW_30 =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [test]
      arguments: [$(inputs.level), "-lt", "30"]
      inputs: {level: int}
      outputs: {}
      """;

  @Test
  void dataThatAreNotGoodStayInQuarantineUntilTheyAreTakenAsTheyAre() throws Exception {
    keep(server, "judged");
    keep(server, "below-30", BELOW_30);
    String document = trigger("judged", "/t-judged", "{word: level, number: $(self.data.level)}");
    assertThat(save(server, "judged", document + "check: {workflow: below-31}\n").body())
        .contains("below-31");
    assertThat(
            save(server, "judged", document + "check: {workflow: below-30, inputs: {}}\n").body())
        .contains("trigger.yaml:5:19", "input \\\"level\\\" has no value");
    saved(
        server,
        "judged",
        document + "check: {workflow: below-30, inputs: {level: $(self.data.level)}}\n");
    send(server, "/t-judged", "1", "{\"level\": 7}");
    JsonNode good = awaitFiring("judged", "done");
    assertThat(server.json(good.at("/links/check").asString()).get("state").asString())
        .isEqualTo("succeeded");
    assertThat(server.json(good.at("/links/run").asString()).get("state").asString())
        .isEqualTo("succeeded");
    assertThat(firings(server, "?run=" + good.get("checkRun").asString())).hasSize(1);
    send(server, "/t-judged", "2", "{\"level\": 70}");
    JsonNode kept = awaitFiring("judged", "quarantined");
    assertThat(kept.get("reason").asString()).contains("its check, run ", " failed");
    assertThat(kept.has("run")).isFalse();
    assertThat(server.json(kept.at("/links/check").asString()).get("state").asString())
        .isEqualTo("failed");
    String body = "{\"firing\": %d, \"unchecked\": true}".formatted(kept.get("id").asLong());
    assertThat(server.postJson(FIRINGS + "/replay", body).body()).isEqualTo("{\"replayed\":1}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> firings(server, "?trigger=judged&state=done").size() == 2);
  }

  @Test
  void aDisabledTriggerMissesWhatComes() throws Exception {
    keep(server, "off");
    saved(server, "off", trigger("off", "/t-off", "{word: $(self.id)}"));
    HttpResponse<String> off =
        server.send(
            server
                .to(TRIGGERS + "off")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": false}")));
    assertThat(off.body()).contains("\"enabled\":false");
    send(server, "/t-off", "1", "{}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            server
                .json("/api/v1/events?source=%2Ft-off")
                .at("/events/0/state")
                .asString()
                .equals("unmatched"));
    assertThat(firings(server, "?trigger=off")).isEmpty();
    assertThat(server.send(server.to(TRIGGERS + "off").DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(TRIGGERS + "off").statusCode()).isEqualTo(404);
  }

  @Test
  void nobodysEventsOrTriggersAreForOthers() throws Exception {
    TestServer ann = server.as("triggers-ann");
    TestServer bob = server.as("triggers-bob");
    keep(ann, "apart");
    saved(ann, "apart", trigger("apart", "/t-apart", "{word: $(self.id)}"));
    keep(bob, "apart");
    assertThat(save(bob, "apart", trigger("apart", "/t-apart", "{word: b}")).statusCode())
        .isEqualTo(409);
    assertThat(bob.get(TRIGGERS + "apart").statusCode()).isEqualTo(404);
    assertThat(bob.get(TRIGGERS + "apart/versions").statusCode()).isEqualTo(404);
    assertThat(bob.get(TRIGGERS + "apart/versions/1").statusCode()).isEqualTo(404);
    assertThat(bob.json("/api/v1/triggers").get("triggers")).isEmpty();
    send(bob, "/t-apart", "bobs", "{}");
    send(ann, "/t-apart", "anns", "{}");
    JsonNode done = awaitFiring("apart", "done");
    assertThat(firings(server, "?trigger=apart")).hasSize(1);
    assertThat(ann.get(done.at("/links/run").asString()).statusCode()).isEqualTo(200);
    assertThat(bob.get(done.at("/links/run").asString()).statusCode()).isEqualTo(404);
    assertThat(bob.get(done.at("/links/self").asString()).statusCode()).isEqualTo(404);
    assertThat(firings(bob, "")).isEmpty();
  }

  @Test
  void nobodyHasMoreTriggersThanAServerHoldsInMemory() throws Exception {
    Sql sql = new Sql(server.part(DataSource.class));
    TestServer many = server.as("many");
    keep(many, "many");
    saved(
        many,
        "many-0",
        trigger("many", "/t-many", "{word: a, number: 1}").replace("name: many", "name: many-0"));
    sql.change(
        """
        INSERT INTO trigger (tenant, name, version, subject, document, workflow, enabled)
        SELECT tenant, 'many-' || i, 1, subject, document, workflow, false
        FROM trigger, generate_series(1, ?) AS i WHERE name = 'many-0'
        """,
        Triggers.MOST_OF_ONE - 1);
    String one = trigger("many", "/t-many", "{word: a, number: 2}");
    HttpResponse<String> refused = save(many, "many", one);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertThat(refused.body()).contains("you have 10000 triggers");
    assertThat(save(many, "many-7", one.replace("name: many", "name: many-7")).statusCode())
        .isEqualTo(200);
    many.send(many.to(TRIGGERS + "many-8").DELETE());
    saved(many, "many", one);
    sql.change("DELETE FROM trigger WHERE subject = 'many'");
  }
}
