package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.userTask;
import static io.twinflow.engine.server.ProcessApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes that say where their tools and workflows run: here, or at functions. */
final class ProcessToolsIT {

  private static final String RUNS = "/api/v1/runs";

  /** Says what it is given; fails if that is {@code fail}. */
  private static final String TOOL =
      """
      {"cwlVersion": "v1.2", "class": "CommandLineTool",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "baseCommand": ["sh", "-c", "if [ $0 = fail ]; then exit 3; fi; printf %s $0 > out.txt"],
       "inputs": {"word": {"type": "string", "inputBinding": {}}, "times": "int"},
       "outputs": {
         "said": {"type": "string", "outputBinding":
           {"glob": "out.txt", "loadContents": true, "outputEval": "$(self[0].contents)"}},
         "twice": {"type": "int", "outputBinding": {"outputEval": "$(inputs.times * 2)"}}}}
      """;

  private static final String WORKFLOW =
      """
      {"cwlVersion": "v1.2", "class": "Workflow", "inputs": {"word": "string", "times": "int"},
       "outputs": {"said": {"type": "string", "outputSource": "say/said"}},
       "steps": {"say": {"run": %s, "in": {"word": "word", "times": "times"}, "out": ["said"]}}}
      """
          .formatted(TOOL);

  @TempDir static Path folder;
  private static TestServer server;
  private static String tool;
  private static String digest;

  @BeforeAll
  static void start() throws Exception {
    server = ExchangingServer.start(folder.resolve("data"), settings -> settings);
    tool = keep("application/cwl", "say-tool", TOOL).get("version").asString();
    digest = keep("application/cwl", "say-workflow", WORKFLOW).get("version").asString();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static JsonNode keep(String type, String name, String document) throws Exception {
    return json(Bpmn.keep(server, type, name, document), 201);
  }

  private static String work(String id, String begin, String more) {
    return "<serviceTask id=\"%s\"><extensionElements><tw:%s>%s</tw:%s></extensionElements></serviceTask>"
        .formatted(id, begin, more, begin.substring(0, begin.indexOf(' ')));
  }

  private static String inputs(String word) {
    return "<tw:input name=\"word\" value=\"%s\"/><tw:input name=\"times\" value=\"${n}\"/>"
        .formatted(word);
  }

  private static String started(String name, String inputs) throws Exception {
    return ProcessApi.started(server, name, inputs);
  }

  private static JsonNode awaitState(String run, String state) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> server.json(RUNS + "/" + run),
            found -> found.get("state").asString().equals(state));
  }

  /** Where the one task of the run that an activity has asked for was done. */
  private static void assertSite(String process, String activity, String site) throws Exception {
    JsonNode made =
        server.json(RUNS + "?label=process=%s&label=activity=%s".formatted(process, activity));
    assertThat(made.get("runs")).as(activity).hasSize(1);
    String tasks = RUNS + "/" + made.at("/runs/0/id").asString() + "/tasks";
    // The view of tasks follows the journal, and may be a moment behind.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          JsonNode all = server.json(tasks).get("tasks");
          assertThat(all).as(activity).hasSize(1);
          assertThat(all.at("/0/state").asString()).as(activity).isEqualTo("succeeded");
          assertThat(all.at("/0/site").asString()).as(activity).isEqualTo(site);
        });
  }

  @Test
  void eachIsDoneAtTheSiteThatIsNamedWithWhatItIsGiven() throws Exception {
    String body =
        work(
                "here",
                "tool tool=\"say-tool\" site=\"local\"",
                inputs("${word}")
                    + "<tw:output name=\"said\"/><tw:output name=\"twice\" as=\"n\"/>")
            + work(
                "there",
                "tool tool=\"say-${kind}\" site=\"${where}\"",
                inputs("${said}-${n}") + "<tw:output name=\"said\" as=\"far\"/>")
            + work(
                "flow",
                "run workflow=\"%s\" site=\"fn\"".formatted(digest),
                inputs("${far}-flow") + "<tw:output name=\"said\" as=\"flowed\"/>")
            + work(
                "anywhere",
                "run workflow=\"say-workflow\"",
                inputs("${flowed}-home") + "<tw:output name=\"said\" as=\"home\"/>");
    String form =
        field("word", "text")
            + field("n", "integer")
            + field("kind", "text")
            + field("where", "text");
    keep(
        "application/xml",
        "tools",
        document("tools", form, chain(body, "here", "there", "flow", "anywhere")));

    String run =
        started("tools", "{\"word\": \"hi\", \"n\": 4, \"kind\": \"tool\", \"where\": \"fn\"}");
    awaitState(run, "succeeded");

    JsonNode outputs = server.json(RUNS + "/" + run + "/outputs").get("outputs");
    assertThat(outputs.get("said").asString()).isEqualTo("hi");
    assertThat(outputs.get("n").asInt()).isEqualTo(8);
    assertThat(outputs.get("far").asString()).isEqualTo("hi-8");
    assertThat(outputs.get("flowed").asString()).isEqualTo("hi-8-flow");
    assertThat(outputs.get("home").asString()).isEqualTo("hi-8-flow-home");
    assertThat(outputs.has("twice")).isFalse();
    assertSite(run, "here", "local");
    assertSite(run, "there", "fn");
    assertSite(run, "flow", "fn");
    assertSite(run, "anywhere", "local");
    assertThat(server.get(RUNS + "/" + run + "/events").body())
        .contains("here has asked for a tool of say-tool", "flow has asked for a run of " + digest);
  }

  @Test
  void whatNamesNoSiteGoesWhereTheOptionsOfTheProcessSay() throws Exception {
    String body =
        work(
                "here",
                "tool tool=\"%s\" site=\"local\"".formatted(tool),
                inputs("${word}-tool") + "<tw:output name=\"said\"/>")
            + work("anywhere", "run workflow=\"say-workflow\"", inputs("${said}-flow"));
    String form = field("word", "text") + field("n", "integer");
    keep(
        "application/xml", "optional", document("optional", form, chain(body, "here", "anywhere")));

    String start =
        "{\"workflow\": \"optional\", \"inputs\": {\"word\": \"ho\", \"n\": 1}, \"options\": {\"sites\": {\"\": \"fn\"}}}";
    String run = json(server.postJson(RUNS, start), 201).get("id").asString();
    awaitState(run, "succeeded");
    assertSite(run, "here", "local");
    assertSite(run, "anywhere", "fn");
  }

  /** The first thing that is wrong with a process of one service task, and the line. */
  private static String refused(String begin) throws Exception {
    String document = document("refused", "", chain("\n" + work("t", begin, ""), "t"));
    JsonNode errors =
        json(Bpmn.keep(server, "application/xml", "refused", document), 422).get("errors");
    assertThat(errors.at("/0/source").asString()).isEqualTo("refused.bpmn");
    assertThat(errors.at("/0/line").asInt()).isEqualTo(4);
    assertThat(errors.at("/0/column").asInt()).isGreaterThan(1);
    return errors.at("/0/message").asString();
  }

  @Test
  void whatIsMissingAndSitesThatThereAreNotAreRefusedWithLineAndColumn() throws Exception {
    assertThat(refused("tool tool=\"say-tool\"")).contains("site");
    assertThat(refused("tool site=\"fn\"")).contains("tool");
    assertThat(refused("run site=\"fn\"")).contains("workflow");
    assertThat(refused("tool tool=\"say-tool\" site=\"fm\""))
        .contains("there is no site fm; expected one of local, fn, tells", "fn\"?");
    assertThat(refused("run workflow=\"say-workflow\" site=\"hpc\""))
        .contains("there is no site hpc");
  }

  private static String caught(String boundary, String begin, String more) {
    return chain(work("t", begin, more), "t")
        + "<boundaryEvent id=\"failed\" attachedToRef=\"t\"><errorEventDefinition%s/></boundaryEvent>"
            .formatted(boundary)
        + userTask("mend", "", "")
        + "<endEvent id=\"mended\"/>"
        + arrow("failed", "mend")
        + arrow("mend", "mended");
  }

  private static void assertCaught(String run, String failure) throws Exception {
    JsonNode tasks =
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(
                () -> server.json("/api/v1/tasks?run=" + run).get("tasks"),
                found -> !found.isEmpty());
    assertThat(tasks.at("/0/activity").asString()).isEqualTo("mend");
    String complete = tasks.at("/0/links/self").asString() + "/complete";
    assertThat(server.postJson(complete, "{}").statusCode()).isEqualTo(204);
    awaitState(run, "succeeded");
    assertThat(server.get(RUNS + "/" + run + "/events").body())
        .contains("t has failed: " + failure);
  }

  @Test
  void aToolThatFailsIsCaughtByItsKind() throws Exception {
    String form = field("word", "text") + field("n", "integer") + field("where", "text");
    String begin = "tool tool=\"say-tool\" site=\"${where}\"";
    keep(
        "application/xml",
        "catches",
        document("catches", form, caught(" errorRef=\"task\"", begin, inputs("${word}"))));

    assertCaught(started("catches", "{\"word\": \"fail\", \"n\": 1, \"where\": \"fn\"}"), "TASK: ");

    // Another kind is not caught by it.
    String run = started("catches", "{\"word\": \"hi\", \"n\": 1, \"where\": \"hpc\"}");
    assertThat(awaitState(run, "failed").get("failure").asString())
        .startsWith("USER: there is no site hpc; expected one of local, fn, tells");

    String any = caught("", "tool tool=\"${word}\" site=\"fn\"", inputs("hi"));
    keep("application/xml", "catches-any", document("any", form, any));
    String inputs = "{\"word\": \"%s\", \"n\": 1, \"where\": \"\"}";
    assertCaught(
        started("catches-any", inputs.formatted("say-workflow")),
        "USER: tw:tool: expected a CommandLineTool");
    assertCaught(
        started("catches-any", inputs.formatted("nothing")),
        "USER: admin keeps no workflow \\\"nothing\\\"");
  }
}
