package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.TestServer.Said;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code twinflow triggers}. */
@ExtendWith(SharedServer.Shared.class)
final class TriggerClientIT {

  private static final String EVENT =
      """
      {"specversion": "1.0", "id": "%s", "source": "/gauges", "type": "reading", "data": {"level": %s}}
      """;

  private static final String TRIGGER =
      """
      name: by-hand
      filter: {source: /gauges, type: reading}
      workflow: level
      inputs: {level: $(self.data.level)}
      """;

  @TempDir Path here;
  private final TestServer server;

  TriggerClientIT(SharedServer shared) throws Exception {
    this.server = shared.server().as("trigger-client");
  }

  @BeforeEach
  void keepWorkflow() throws Exception {
    server.send(
        server
            .to("/api/v1/workflows?name=level")
            .header("Content-Type", "application/cwl")
            .POST(
                BodyPublishers.ofString(
                    """
                    cwlVersion: v1.2
                    class: ExpressionTool
                    requirements: {InlineJavascriptRequirement: {}}
                    inputs: {level: int}
                    outputs: {twice: int}
                    expression: "${ return {twice: inputs.level * 2}; }"
                    """)));
  }

  private Said triggers(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "triggers";
    System.arraycopy(words, 0, all, 1, words.length);
    return server.twinflow(here, all);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(here.resolve(file), text);
  }

  private void send(String id, String level) throws Exception {
    assertThat(
            server
                .send(
                    server
                        .to("/api/v1/events")
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(BodyPublishers.ofString(EVENT.formatted(id, level))))
                .statusCode())
        .isEqualTo(202);
  }

  private void awaitFirings(String state, String... parts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(triggers("firings", "--state", state).out()).contains(parts));
  }

  @Test
  void testSaysWhatWouldHappenAndWhy() throws Exception {
    write("trigger.yaml", TRIGGER);
    write("fits.json", EVENT.formatted("1", "7"));
    write("other.json", EVENT.formatted("1", "7").replace("/gauges", "/elsewhere"));
    write("text.json", EVENT.formatted("1", "\"high\""));
    write("broken.json", "{");
    Said run = triggers("test", "trigger.yaml", "fits.json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("a run of ", "with these inputs:");
    assertThat(run.out()).contains("\"level\": 7");
    Said none = triggers("test", "trigger.yaml", "other.json");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no run: source: expected /gauges, found '/elsewhere'");
    Said dead = triggers("test", "trigger.yaml", "text.json");
    assertThat(dead.code()).isEqualTo(1);
    assertThat(dead.err()).contains("a dead letter: ", "level", "int");
    assertThat(triggers("test", "trigger.yaml", "broken.json").err()).contains("broken.json: ");
    assertThat(triggers("test", "nowhere.yaml", "fits.json").err())
        .contains("nowhere.yaml: cannot be read");
    write("trigger.yaml", TRIGGER.replace("self.data.level)", "self.data.level"));
    assertThat(triggers("test", "trigger.yaml", "fits.json").err()).contains("trigger.yaml:4:");
  }

  @Test
  void testSaysWhatLooksAtTheDataBefore() throws Exception {
    write(
        "trigger.yaml",
        TRIGGER + "check: {workflow: level, inputs: {level: $(self.data.level * 3)}}\n");
    write("event.json", EVENT.formatted("1", "7"));
    Said said = triggers("test", "trigger.yaml", "event.json");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).containsPattern("(?s)first a run of .*a run of ");
    assertThat(said.out()).containsPattern("(?s)\"level\": 21.*\"level\": 7");
  }

  @Test
  void testSaysWhatProcessesAreTold() throws Exception {
    write(
        "trigger.yaml",
        """
        name: storm
        filter: {type: reading}
        signal: {name: storm, values: {level: $(self.data.level)}}
        """);
    write("event.json", EVENT.formatted("1", "7"));
    Said said = triggers("test", "trigger.yaml", "event.json");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).contains("processes are told:").doesNotContain("run");
    assertThat(TestServer.JSON.readTree(said.out()))
        .isEqualTo(TestServer.JSON.readTree("{\"signal\": \"storm\", \"values\": {\"level\": 7}}"));
    assertThat(triggers("save", "trigger.yaml").err())
        .contains("storm, version 1, tells processes");
    assertThat(triggers("delete", "storm").code()).isZero();
  }

  @Test
  void oneIsSavedLookedAtStoppedTriedAgainAndDeleted() throws Exception {
    assertThat(triggers().err()).contains("there is no trigger");
    write("trigger.yaml", TRIGGER);
    assertThat(triggers("save", "trigger.yaml").err()).contains("by-hand, version 1, runs ");
    send("1", "\"high\"");
    awaitFirings("dead", "by-hand", "level");
    write("trigger.yaml", TRIGGER.replace("$(self.data.level)", "3"));
    assertThat(triggers("save", "trigger.yaml").err()).contains("by-hand, version 2, runs ");
    assertThat(triggers().out()).containsPattern("by-hand +2 +trigger-client .* enabled");
    assertThat(triggers("show", "by-hand").out()).contains("level: 3");
    assertThat(triggers("show", "by-hand", "1").out()).contains("level: $(self.data.level)");
    assertThat(triggers("versions", "by-hand").out())
        .containsPattern("(?s)2 .*trigger-client .* current\\s.*1 .*trigger-client ");
    assertThat(triggers("replay").err()).contains("say what to try again");
    assertThat(triggers("replay", "--trigger", "by-hand").err()).contains("1 firing tried again");
    awaitFirings("done", "by-hand");
    assertThat(triggers("replay", "--trigger", "by-hand").err())
        .contains("nothing of that is dead");
    assertThat(triggers("disable", "by-hand").err()).contains("does not fire any more");
    assertThat(triggers().out()).contains(" disabled");
    assertThat(triggers("enable", "by-hand").err()).contains("fires again");
    assertThat(triggers("delete", "by-hand").err()).contains("by-hand is deleted");
    Said gone = triggers("show", "by-hand");
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.err()).contains("there is no such trigger here");
    assertThat(triggers("show", "by-hand", "2").out()).contains("level: 3");
    assertThat(triggers("show", "../runs").err()).contains("no trigger is called so");
  }
}
