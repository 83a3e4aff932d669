package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.keep;
import static io.twinflow.engine.server.Bpmn.run;
import static io.twinflow.engine.server.Bpmn.timer;
import static io.twinflow.engine.server.Bpmn.userTask;
import static io.twinflow.engine.server.ProcessApi.act;
import static io.twinflow.engine.server.ProcessApi.awaitState;
import static io.twinflow.engine.server.ProcessApi.awaitTask;
import static io.twinflow.engine.server.ProcessApi.events;
import static io.twinflow.engine.server.ProcessApi.json;
import static io.twinflow.engine.server.ProcessApi.kept;
import static io.twinflow.engine.server.ProcessApi.outputs;
import static io.twinflow.engine.server.ProcessApi.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.bpmn.Stuck;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes over the interface: kept, started, worked on by people, cancelled and deleted. */
@ExtendWith(SharedServer.Shared.class)
final class ProcessesApiIT {

  private static final String BPMN = "application/xml";
  private static final String RUNS = "/api/v1/runs";
  private static final String TASKS = "/api/v1/tasks";

  private final TestServer server;

  ProcessesApiIT(SharedServer shared) {
    this.server = shared.server();
  }

  @Test
  void aProcessThatIsStuckIsTriedAgainWhenSomebodyHasMendedIt() throws Exception {
    kept(
        server,
        "sticks",
        document(
            "sticks",
            field("n", "text"),
            "<startEvent id=\"start\"/><parallelGateway id=\"both\"/>"
                + timer("soon", "PT0S")
                + "<exclusiveGateway id=\"which\"/>"
                + userTask("then", "", "")
                + userTask("mend", "", field("n", "integer"))
                + "<endEvent id=\"end\"/><endEvent id=\"mended\"/>"
                + arrow("start", "both")
                + arrow("both", "soon")
                + arrow("both", "mend")
                + arrow("soon", "which")
                + "<sequenceFlow id=\"on\" sourceRef=\"which\" targetRef=\"then\"><conditionExpression>${n &gt; 3}</conditionExpression></sequenceFlow>"
                + arrow("then", "end")
                + arrow("mend", "mended")));
    String run = started(server, "sticks", "{\"n\": \"four\"}");
    JsonNode mend = awaitTask(server, run);
    HttpResponse<String> early = server.postJson(RUNS + "/" + run + "/resume", "");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("is not stuck");
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(() ->
            assertThat(server.part(Processes.class).stuck("default"))
                .extracting(Stuck::instance)
                .contains(run));
    assertThat(act(server, mend, "complete", "{\"values\": {\"n\": 5}}").statusCode())
        .isEqualTo(204);
    TestServer other = server.as("sticks-other");
    assertThat(other.postJson(RUNS + "/" + run + "/resume", "").statusCode()).isEqualTo(404);
    assertThat(server.postJson(RUNS + "/" + run + "/resume", "").statusCode()).isEqualTo(202);
    JsonNode then = awaitTask(server, run);
    assertThat(then.get("name").asString()).isEqualTo("Please then");
    act(server, then, "complete", "{}");
    awaitState(server, run, "succeeded");
    assertThat(events(server, run)).anyMatch(event -> event.contains("is stuck: "));
    assertThat(server.postJson(RUNS + "/" + run + "/resume", "").statusCode()).isEqualTo(409);
  }

  @Test
  void documentsAreKeptLikeWorkflowsAndCheckedWithLineAndColumn() throws Exception {
    String document =
        document("kept", field("level", "number"), chain(userTask("look", "", ""), "look"));
    JsonNode made = json(keep(server, BPMN, "kept-bpmn", document), 201);
    assertThat(made.get("kind").asString()).isEqualTo("bpmn");
    assertThat(made.at("/inputs/0/type").asString()).isEqualTo("double");
    assertThat(made.at("/inputs/0/required").asBoolean()).isTrue();
    String id = made.get("id").asString();
    assertThat(json(keep(server, BPMN, "kept-bpmn", document), 200).get("id").asString())
        .isEqualTo(id);
    assertThat(server.json("/api/v1/workflows/kept-bpmn").get("version"))
        .isEqualTo(made.get("version"));
    assertThat(server.get("/api/v1/workflows/" + id + "/source").body()).isEqualTo(document);
    assertThat(server.json("/api/v1/workflows?name=kept-bpmn").at("/workflows/0/kind").asString())
        .isEqualTo("bpmn");

    JsonNode wrong =
        json(
            keep(server, BPMN, "wrong", document("p", "", chain("<scriptTask id=\"s\"/>", "s"))),
            422);
    assertThat(wrong.at("/errors/0/source").asString()).isEqualTo("wrong.bpmn");
    assertThat(wrong.at("/errors/0/line").asInt()).isEqualTo(3);
    String mail =
        "<serviceTask id=\"s\"><extensionElements><tw:mail to=\"a@b.org\" subject=\"s\">t</tw:mail></extensionElements></serviceTask>";
    assertThat(json(keep(server, BPMN, "m", document("p", "", chain(mail, "s"))), 422).toString())
        .contains("sends no mail");
    String onSignal =
        "<startEvent id=\"start\"><signalEventDefinition signalRef=\"storm\"/></startEvent><endEvent id=\"end\"/>"
            + Bpmn.arrow("start", "end");
    assertThat(json(keep(server, BPMN, "m", document("p", "", onSignal)), 422).toString())
        .contains("a trigger that starts the process");
  }

  @Test
  void aProcessTakesNoPlaceThatItsOwnRunsNeed() throws Exception {
    TestServer one = server.as("proc-one", ", \"maxQueuedRuns\": 1");
    keep(one, "application/cwl", "echo-one", Bpmn.ECHO);
    String work = run("say", "echo-one", "hello", "said");
    kept(one, "alone", document("alone", "", chain(work, "say")));
    String run = started(one, "alone", "{}");
    awaitState(server, run, "succeeded");
    assertThat(outputs(server, run)).contains("\"said\":\"hello\"");
  }

  @Test
  void aProcessIsARunOfWhichPeopleDoAPart() throws Exception {
    keep(server, "application/cwl", "echo-a", Bpmn.ECHO);
    kept(
        server,
        "ask",
        document(
            "ask",
            field("word", "text"),
            chain(
                run("say", "echo-a", "${word}", "said")
                    + userTask(
                        "confirm",
                        "tw:candidateUsers=\"proc-ann\" tw:due=\"PT4H\"",
                        field("sure", "boolean"))
                    + timer("soon", "PT1S"),
                "say",
                "confirm",
                "soon")));
    assertThat(server.postJson(RUNS, "{\"workflow\": \"ask\", \"inputs\": {}}").body())
        .contains("\\\"word\\\" (string) is missing");
    assertThat(
            server
                .postJson(RUNS, "{\"workflow\": \"ask\", \"inputs\": {\"word\": 5}}")
                .statusCode())
        .isEqualTo(422);
    String run = started(server, "ask", "{\"word\": \"hello\"}");
    assertThat(server.json(RUNS + "/" + run).get("kind").asString()).isEqualTo("bpmn");

    JsonNode task = awaitTask(server, run);
    assertThat(task.get("name").asString()).isEqualTo("Please confirm");
    assertThat(task.has("due")).isTrue();
    assertThat(server.json(RUNS + "/" + run).get("state").asString()).isEqualTo("running");
    assertThat(server.json(RUNS + "/" + run + "/steps").get("steps")).isEmpty();

    TestServer ann = server.as("proc-ann");
    TestServer bob = server.as("proc-bob");
    assertThat(bob.json(TASKS).get("tasks")).isEmpty();
    assertThat(bob.get(task.at("/links/self").asString()).statusCode()).isEqualTo(404);
    assertThat(act(bob, task, "claim", "{}").statusCode()).isEqualTo(404);
    assertThat(ann.json(TASKS).at("/tasks/0/id")).isEqualTo(task.get("id"));
    JsonNode form = ann.json(task.at("/links/self").asString()).get("form");
    assertThat(form.at("/0/name").asString()).isEqualTo("sure");
    assertThat(form.at("/0/type").asString()).isEqualTo("boolean");
    assertThat(json(act(ann, task, "claim", "{}"), 200).get("assignee").asString())
        .isEqualTo("proc-ann");
    assertThat(act(ann, task, "claim", "{}").statusCode()).isEqualTo(200);
    assertThat(act(server, task, "claim", "{}").body()).contains("somebody else has claimed");
    assertThat(act(ann, task, "complete", "{\"values\": {}}").body())
        .contains("\\\"sure\\\" (boolean) is missing");
    assertThat(act(ann, task, "complete", "{\"values\": {\"sure\": \"yes\"}}").statusCode())
        .isEqualTo(422);
    assertThat(json(act(ann, task, "unclaim", "{}"), 200).has("assignee")).isFalse();
    assertThat(act(ann, task, "complete", "{\"values\": {\"sure\": true}}").statusCode())
        .isEqualTo(204);
    assertThat(act(ann, task, "complete", "{\"values\": {\"sure\": true}}").statusCode())
        .isEqualTo(404);

    awaitState(server, run, "succeeded");
    assertThat(outputs(server, run)).contains("\"said\":\"hello\"", "\"sure\":true");
    List<String> events = events(server, run);
    assertThat(events.getFirst()).contains("\"queued\"");
    assertThat(events.getLast()).contains("\"succeeded\"");
    assertThat(String.join("\n", events))
        .contains(
            "say has asked for a run of echo-a",
            "say is done by ",
            "confirm waits for a person",
            "proc-ann has completed confirm",
            "soon: its time has come");
    JsonNode children = server.json(RUNS + "?label=process=" + run).get("runs");
    assertThat(children).hasSize(1);
    assertThat(children.at("/0/labels/activity").asString()).isEqualTo("say");

    assertThat(server.send(server.to(RUNS + "/" + run).DELETE()).statusCode()).isEqualTo(204);
    assertThat(server.get(RUNS + "/" + run).statusCode()).isEqualTo(404);
  }

  @Test
  void failuresAreCaughtByTheirKindOrEndTheProcess() throws Exception {
    keep(server, "application/cwl", "echo-f", Bpmn.ECHO);
    String caught =
        chain(run("say", "echo-f", "${word}", "said"), "say")
            + "<boundaryEvent id=\"failed\" attachedToRef=\"say\"><errorEventDefinition errorRef=\"task\"/></boundaryEvent>"
            + userTask("mend", "", "")
            + "<endEvent id=\"mended\"/>"
            + Bpmn.arrow("failed", "mend")
            + Bpmn.arrow("mend", "mended");
    kept(server, "catches", document("catches", field("word", "text"), caught));
    String run = started(server, "catches", "{\"word\": \"fail\"}");
    JsonNode task = awaitTask(server, run);
    assertThat(task.get("activity").asString()).isEqualTo("mend");
    assertThat(act(server, task, "complete", "{}").statusCode()).isEqualTo(204);
    awaitState(server, run, "succeeded");

    kept(
        server,
        "fails",
        document(
            "fails", field("word", "text"), chain(run("say", "echo-f", "${word}", "said"), "say")));
    String failing = started(server, "fails", "{\"word\": \"fail\"}");
    awaitState(server, failing, "failed");
    assertThat(server.json(RUNS + "/" + failing).get("failure").asString()).startsWith("TASK: ");
    HttpResponse<String> again = server.postJson(RUNS + "/" + failing + "/retry", "{}");
    String retried = json(again, 201).get("id").asString();
    awaitState(server, retried, "failed");

    kept(
        server,
        "unknown-workflow",
        document("lost", "", chain(run("say", "no-such-workflow", "x", "said"), "say")));
    String lost = started(server, "unknown-workflow", "{}");
    awaitState(server, lost, "failed");
    assertThat(server.json(RUNS + "/" + lost).get("failure").asString())
        .contains("keeps no workflow", "no-such-workflow");
  }

  @Test
  void whatIsOverdueIsFoundAndToldOnce() throws Exception {
    String parallel =
        "<startEvent id=\"start\"/><parallelGateway id=\"all\"/>"
            + userTask("whenever", "", "")
            + userTask("late", "tw:due=\"PT1S\"", "")
            + userTask("soon", "tw:due=\"PT4H\"", "")
            + "<parallelGateway id=\"joined\"/><endEvent id=\"end\"/>"
            + Bpmn.arrow("start", "all")
            + Bpmn.arrow("joined", "end");
    StringBuilder body = new StringBuilder(parallel);
    for (String task : List.of("whenever", "late", "soon")) {
      body.append(Bpmn.arrow("all", task)).append(Bpmn.arrow(task, "joined"));
    }
    kept(server, "due", document("due", "", body.toString()));
    String run = started(server, "due", "{}");
    String list = TASKS + "?run=" + run;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(list + "&overdue=true").get("tasks").size() == 1);
    JsonNode late = server.json(list + "&overdue=true").at("/tasks/0");
    assertThat(late.get("activity").asString()).isEqualTo("late");
    assertThat(late.get("overdue").asBoolean()).isTrue();

    List<String> order = new ArrayList<>();
    String next = list + "&sort=due&limit=1";
    while (next != null) {
      JsonNode page = server.json(next);
      order.add(page.at("/tasks/0/activity").asString());
      next = page.has("next") ? page.get("next").asString() : null;
    }
    assertThat(order).containsExactly("late", "soon", "whenever");
    assertThat(server.get(list + "&sort=name").statusCode()).isEqualTo(400);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.part(Processes.class).overdue(1).isEmpty());
    for (JsonNode task : server.json(list).get("tasks")) {
      assertThat(act(server, task, "complete", "{}").statusCode()).isEqualTo(204);
    }
    awaitState(server, run, "succeeded");
    assertThat(events(server, run).stream().filter(event -> event.contains("is overdue")))
        .hasSize(1);
  }

  @Test
  void messagesAndSignalsGoToThoseThatWait() throws Exception {
    String waits =
        "<intermediateCatchEvent id=\"wait\"><messageEventDefinition messageRef=\"go\"/></intermediateCatchEvent>";
    String listens =
        "<intermediateCatchEvent id=\"listen\"><signalEventDefinition signalRef=\"storm\"/></intermediateCatchEvent>";
    kept(server, "waits", document("waits", "", chain(waits + listens, "wait", "listen")));
    String run = started(server, "waits", "{}");
    String to = RUNS + "/" + run + "/messages";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            server.postJson(to, "{\"name\": \"go\", \"values\": {\"n\": 7}}").statusCode() == 204);
    assertThat(server.postJson(to, "{\"name\": \"go\"}").statusCode()).isEqualTo(409);
    assertThat(server.postJson(to, "{}").statusCode()).isEqualTo(400);
    assertThat(server.as("proc-eve").postJson(to, "{\"name\": \"go\"}").statusCode())
        .isEqualTo(404);
    String storm = "{\"name\": \"storm\"}";
    assertThat(json(server.as("proc-eve").postJson("/api/v1/signals", storm), 200).toString())
        .isEqualTo("{\"processes\":0}");
    assertThat(json(server.postJson("/api/v1/signals", storm), 200).toString())
        .isEqualTo("{\"processes\":1}");
    assertThat(server.postJson("/api/v1/signals", "{}").statusCode()).isEqualTo(400);
    awaitState(server, run, "succeeded");
    assertThat(outputs(server, run)).contains("\"n\":7");
  }

  @Test
  void aCancelledProcessCancelsWhatItAskedFor() throws Exception {
    keep(
        server,
        "application/cwl",
        "sleeps",
        "{\"cwlVersion\": \"v1.2\", \"class\": \"CommandLineTool\", \"baseCommand\": [\"sleep\", \"600\"], \"inputs\": {}, \"outputs\": {}}");
    String work =
        "<serviceTask id=\"work\"><extensionElements><tw:run workflow=\"sleeps\"/></extensionElements></serviceTask>";
    kept(server, "long", document("long", "", chain(work, "work")));
    String run = started(server, "long", "{}");
    String children = RUNS + "?state=running&label=process=" + run;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(children).get("runs").size() == 1);
    String child = server.json(children).at("/runs/0/id").asString();
    assertThat(server.send(server.to(RUNS + "/" + child).DELETE()).statusCode()).isEqualTo(409);
    assertThat(server.postJson(RUNS + "/" + run + "/pause", "{}").statusCode()).isEqualTo(409);
    assertThat(server.postJson(RUNS + "/" + run + "/cancel", "{}").statusCode()).isEqualTo(202);
    awaitState(server, run, "cancelled");
    awaitState(server, child, "cancelled");
    assertThat(server.json(RUNS + "?state=cancelled").get("runs").toString()).contains(run, child);
  }

  @Test
  void aTriggerStartsAProcess() throws Exception {
    kept(
        server,
        "on-event",
        document("on-event", field("word", "text"), chain(userTask("look", "", ""), "look")));
    String trigger =
        "name: proc\nfilter: {source: /proc}\nworkflow: on-event\ninputs: {word: $(self.id)}\n";
    HttpResponse<String> saved =
        server.send(
            server
                .to("/api/v1/triggers/proc")
                .header("Content-Type", "application/yaml")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(trigger)));
    assertThat(saved.statusCode()).as(saved.body()).isLessThan(300);
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/proc\",\"type\":\"reading\"}";
    for (int i = 0; i < 2; i++) {
      server.send(
          server
              .to("/api/v1/events")
              .header("Content-Type", "application/cloudevents+json")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(event)));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(RUNS + "?workflow=on-event").get("runs").size() == 1);
    String run = server.json(RUNS + "?workflow=on-event").at("/runs/0/id").asString();
    JsonNode task = awaitTask(server, run);
    assertThat(act(server, task, "complete", "{}").statusCode()).isEqualTo(204);
    awaitState(server, run, "succeeded");
    assertThat(outputs(server, run)).contains("\"word\":\"e1\"");
  }

  @Test
  void withoutProcessesThereIsNothingOfThem(@TempDir Path data) throws Exception {
    try (TestServer fresh = TestServer.start(data)) {
      assertThat(fresh.json(TASKS).get("tasks")).isEmpty();
      kept(fresh, "p", document("p", "", chain(userTask("u", "", ""), "u")));
      assertThat(fresh.part(Processes.class).isUsed()).isFalse();
      assertThat(fresh.part(Processes.class).isStarted()).isFalse();
      String run = started(fresh, "p", "{}");
      awaitTask(fresh, run);
      assertThat(fresh.part(Processes.class).isStarted()).isTrue();
    }
  }
}
