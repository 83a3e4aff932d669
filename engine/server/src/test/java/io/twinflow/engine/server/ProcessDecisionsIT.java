package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.ProcessApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Processes that ask tables. */
@ExtendWith(SharedServer.Shared.class)
final class ProcessDecisionsIT {

  private static final String RUNS = "/api/v1/runs";

  private final TestServer server;

  ProcessDecisionsIT(SharedServer shared) {
    this.server = shared.server();
  }

  private String kept(String name, String document) throws Exception {
    return json(Bpmn.keep(server, Dmn.TYPE, name, document), 201).get("version").asString();
  }

  private String started(String workflow, String level) throws Exception {
    return ProcessApi.started(server, workflow, "{\"level\": %s}".formatted(level));
  }

  private JsonNode ended(String run) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> server.json(RUNS + "/" + run),
            found -> found.get("state").asString().matches("succeeded|failed|cancelled"));
  }

  private String outputs(String run) throws Exception {
    assertThat(ended(run).get("state").asString()).as(run).isEqualTo("succeeded");
    return server.json(RUNS + "/" + run + "/outputs").toString();
  }

  private String events(String run) throws Exception {
    return server.get(RUNS + "/" + run + "/events").body();
  }

  @Test
  void whatATableTellsBecomesVariablesAndWhichOneItWasIsKept() throws Exception {
    String digest = kept("level-a", Dmn.alarm("5.5"));
    for (String task : new String[] {"serviceTask", "businessRuleTask"}) {
      String name = "decides-" + task.toLowerCase(java.util.Locale.ROOT);
      kept(
          name,
          document(
              "p",
              field("level", "number"),
              chain(Dmn.decide(task, "ask", "level-a", "${level}"), "ask")));
      String run = started(name, "7.250");
      assertThat(outputs(run)).contains("\"colour\":\"red\"", "\"limit\":7.25");
      assertThat(events(run))
          .contains(
              "ask has asked for a decision of level-a",
              "ask was done: level-a, version " + digest + ", decided by alarm rule 2 (severe)");
    }
  }

  @Test
  void theVersionOfTheMomentDecidesAndADigestNamesOneForEver() throws Exception {
    String first = kept("level-b", Dmn.alarm("5.1"));
    kept(
        "byname",
        document(
            "p",
            field("level", "number"),
            chain(Dmn.decide("businessRuleTask", "ask", "level-b", "${level}"), "ask")));
    kept(
        "bydigest",
        document(
            "p",
            field("level", "number"),
            chain(Dmn.decide("businessRuleTask", "ask", first, "${level}"), "ask")));
    assertThat(outputs(started("byname", "6"))).contains("\"colour\":\"red\"");
    String second = kept("level-b", Dmn.alarm("9.1"));
    String run = started("byname", "6");
    assertThat(outputs(run)).contains("\"colour\":\"yellow\"");
    assertThat(events(run)).contains("version " + second).doesNotContain(first);
    assertThat(outputs(started("bydigest", "6"))).contains("\"colour\":\"red\"");
  }

  @Test
  void aGatewayAsksWhetherNoRuleMatched() throws Exception {
    kept("level-c", Dmn.alarm("5.2"));
    kept(
        "gateway",
        document(
            "p",
            field("level", "number"),
            "<startEvent id=\"start\"/>"
                + Dmn.decide("businessRuleTask", "ask", "level-c", "${level}")
                + "<exclusiveGateway id=\"any\" default=\"some\"/><endEvent id=\"calm\"/>"
                + Bpmn.userTask("warn", "", "")
                + "<endEvent id=\"end\"/>"
                + arrow("start", "ask")
                + arrow("ask", "any")
                + "<sequenceFlow id=\"none\" sourceRef=\"any\" targetRef=\"calm\"><conditionExpression>${empty colour}</conditionExpression></sequenceFlow>"
                + "<sequenceFlow id=\"some\" sourceRef=\"any\" targetRef=\"warn\"/>"
                + arrow("warn", "end")));
    String calm = started("gateway", "1");
    assertThat(outputs(calm)).contains("\"colour\":null");
    assertThat(events(calm)).contains("decided by no rule");
    String warned = started("gateway", "4");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !server.json("/api/v1/tasks?run=" + warned).get("tasks").isEmpty());
  }

  @Test
  void whatCannotBeDecidedIsAnErrorThatIsCaught() throws Exception {
    kept("level-d", Dmn.alarm("5.3"));
    Bpmn.keep(server, "application/cwl", "no-table", Bpmn.ECHO);
    String[][] wrong = {
      {"nowhere", "${level}", "keeps no decision \\\"nowhere\\\""},
      {"no-table", "${level}", "found \\\"no-table\\\", which is a workflow"},
      {"level-d", "high", "level"},
    };
    for (int i = 0; i < wrong.length; i++) {
      String ask = Dmn.decide("businessRuleTask", "ask", wrong[i][0], wrong[i][1]);
      String caught =
          "<startEvent id=\"start\"/>"
              + ask
              + "<boundaryEvent id=\"oops\" attachedToRef=\"ask\"><errorEventDefinition errorRef=\"user\"/></boundaryEvent>"
              + "<endEvent id=\"end\"/><endEvent id=\"other\"/>"
              + arrow("start", "ask")
              + arrow("ask", "end")
              + arrow("oops", "other");
      kept(
          "caught-" + i,
          document("p", field("level", "number"), caught)
              .replace("<process", "<error id=\"user\" errorCode=\"USER\"/><process"));
      String run = started("caught-" + i, "4");
      assertThat(ended(run).get("state").asString()).isEqualTo("succeeded");
      assertThat(events(run)).contains("ask has failed: USER: tw:decide: ", wrong[i][2]);
    }
    String other =
        Dmn.decide("serviceTask", "ask", "level-d", "${level}").replace("\"colour\"", "\"color\"");
    kept("uncaught", document("p", field("level", "number"), chain(other, "ask")));
    JsonNode failed = ended(started("uncaught", "4"));
    assertThat(failed.get("state").asString()).isEqualTo("failed");
    assertThat(failed.toString())
        .contains(
            "\\\"color\\\" is no output of level-d, which tells colour, threshold. Did you mean");
  }

  @Test
  void aTableIsNotRun() throws Exception {
    kept("level-e", Dmn.alarm("5.4"));
    kept(
        "runs-it",
        document(
            "p", field("level", "number"), chain(Bpmn.run("ask", "level-e", "x", "y"), "ask")));
    assertThat(ended(started("runs-it", "4")).toString())
        .contains("found a decision in DMN", "tw:decide");
  }
}
