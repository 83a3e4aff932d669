package io.twinflow.triggers.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.triggers.s3.S3Notification;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerRuleTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  private static final String GAUGES =
      """
      name: gauges
      filter:
        type: com.amazonaws.s3.ObjectCreated:*
        subject: readings/**.csv
        size: {least: 1, most: 10K}
      workflow: flood
      inputs:
        gauge: {class: File, location: $(self.object.location)}
        hours: 48
        title: "reading of $(self.subject)"
        names: $(inputs.events.map(function(e) { return e.id.length > 0; }))
      labels: {twin: delft}
      """;

  private static TriggerRule rule(String text) throws InvalidSettingException {
    return TriggerRule.read(text, "gauges.yaml");
  }

  private static CloudEvent object(String key, int size) throws Exception {
    return S3Notification.read(
            """
            {"Records": [{"eventSource": "ceph:s3", "eventName": "ObjectCreated:Put",
              "eventTime": "2026-11-21T12:00:00Z", "awsRegion": "default", "s3": {
                "bucket": {"name": "gauges"},
                "object": {"key": "%s", "size": %d, "eTag": "1", "sequencer": "2"}}}]}
            """
                .formatted(key, size)
                .getBytes(StandardCharsets.UTF_8))
        .getFirst();
  }

  private static Message message(String trigger) throws Exception {
    return (Message) Objects.requireNonNull(rule(trigger).telling());
  }

  @Test
  void aMessageGoesToOneProcessOrToWhereVariablesSay() throws Exception {
    String trigger = "name: clear\nfilter: {type: clear}\nmessage: {name: all clear, %s}\n";
    Message found =
        message(
            trigger.formatted(
                "where: {gauge: $(self.object.bucket)}, values: {size: $(self.object.size)}, within: 10m"));
    assertThat(found.name()).isEqualTo("all clear");
    assertThat(found.within()).isEqualTo(Duration.ofMinutes(10));
    assertThat(found.mapping().of(List.of(object("a", 3)), EVALUATOR))
        .isEqualTo("{\"where\":{\"gauge\":\"gauges\"},\"values\":{\"size\":3}}");
    assertThat(message(trigger.formatted("run: $(self.id)")).within())
        .isEqualTo(Duration.ofHours(1));
    for (String wrong :
        List.of(
            trigger.formatted("values: {n: 1}"),
            trigger.formatted("run: x, where: {n: 1}"),
            trigger.formatted("where: {n: $(self.)}"),
            trigger.formatted("run: x, to: y"),
            trigger.formatted("run: x") + "workflow: w\n",
            trigger.formatted("run: x") + "overlap: {most: 1}\n",
            "name: clear\nfilter: {type: clear}\nmessage: {run: x}\n")) {
      assertThatThrownBy(() -> rule(wrong))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("gauges.yaml:");
    }
  }

  @Test
  void aSignalGoesToAllThatListen() throws Exception {
    String trigger = "name: storm\nfilter: {type: storm}\nsignal: {name: storm%s}\n";
    Telling found =
        Objects.requireNonNull(rule(trigger.formatted(", values: {n: $(self.id)}")).telling());
    assertThat(found.name()).isEqualTo("storm");
    assertThat(found.mapping().of(List.of(object("a", 3)), EVALUATOR))
        .contains("{\"values\":{\"n\":");
    assertThatThrownBy(() -> rule(trigger.formatted(", within: 1h")))
        .hasMessageContaining("gauges.yaml:3:")
        .hasMessageContaining("within");
    assertThatThrownBy(() -> rule(trigger.formatted("") + "inputs: {n: 1}\n"))
        .hasMessageContaining("none beside signal, which goes to what was started before");
    assertThatThrownBy(() -> rule(trigger.formatted("") + "message: {name: go, run: x}\n"))
        .hasMessageContaining("none beside message: a trigger each");
    assertThatThrownBy(() -> rule("name: storm\nfilter: {type: storm}\nsignal: {}\n"))
        .hasMessageContaining("signal.name is missing");
  }

  private static final String DECIDES =
      """
      name: warn
      filter: {type: reading}
      decide:
        decision: alarm
        inputs: {level: $(self.data.level), season: summer}
      workflow: flood
      inputs: {threshold: $(decision.threshold), text: "$(decision.colour) at $(self.subject)"}
      check: {workflow: plausible, inputs: {colour: $(decision.colour)}}
      """;

  @Test
  void whatATableDecidesIsSeenByExpressionsBehindIt() throws Exception {
    TriggerRule rule = rule(DECIDES);
    Decide decide = Objects.requireNonNull(rule.decide());
    assertThat(decide.decision()).isEqualTo("alarm");
    assertThat(decide.decisionPlace()).hasToString("gauges.yaml:4:13");
    RecordValue decided =
        (RecordValue) ValueJson.read("{\"threshold\": 1.50, \"colour\": \"red\"}");
    assertThat(rule.mapping().of(List.of(object("a", 3)), decided, EVALUATOR))
        .isEqualTo("{\"threshold\":1.50,\"text\":\"red at a\"}");
  }

  @Test
  void namesOfADecisionAreCheckedOnBothSides() throws Exception {
    TriggerRule rule = rule(DECIDES);
    Decide decide = Objects.requireNonNull(rule.decide());
    assertThat(
            CheckDecision.of(
                rule, decide, List.of("level", "season"), List.of("threshold", "colour")))
        .isEmpty();
    assertThat(
            CheckDecision.of(
                rule, decide, List.of("levels", "season"), List.of("threshold", "color")))
        .extracting(Object::toString)
        .containsExactly(
            "gauges.yaml:5:12: \"level\" is no input of the decision, which needs levels, season. Did you mean \"levels\"?",
            "gauges.yaml:4:13: the decision's input \"levels\" has no value: give it one among decide.inputs, null if there is none.",
            "gauges.yaml:7:50: \"colour\" is no output of the decision, which tells threshold, color. Did you mean \"color\"?",
            "gauges.yaml:8:47: \"colour\" is no output of the decision, which tells threshold, color. Did you mean \"color\"?");
  }

  @Test
  void aDecisionIsTakenOnlyFromOneThatWasMadeBefore() {
    String trigger = "name: warn\nfilter: {type: reading}\nworkflow: w\n";
    for (String wrong :
        List.of(
            trigger + "inputs: {n: $(decision.n)}",
            trigger + "decide: {decision: d, inputs: {n: $(decision.n)}}")) {
      assertThatThrownBy(() -> rule(wrong))
          .hasMessageContaining("$(decision.n): nothing is decided before this");
    }
    assertThatThrownBy(() -> rule(trigger + "decide: {inputs: {n: 1}}"))
        .hasMessageContaining("decide.decision is missing");
    assertThatThrownBy(() -> rule(trigger + "decide: {decision: d, input: {n: 1}}"))
        .hasMessageContaining("input");
  }

  @Test
  void itMatchesByEveryConditionAndSaysWhichFails() throws Exception {
    TriggerRule rule = rule(GAUGES);
    assertThat(rule.refusal(object("readings/2026/a.csv", 100))).isEmpty();
    assertThat(rule.refusal(object("readings/a.txt", 100)))
        .hasValue("subject: expected readings/**.csv, found 'readings/a.txt'");
    assertThat(rule.refusal(object("readings/a.csv", 0)))
        .hasValue("size: expected 1 to 10240 bytes, found 0");
    CloudEvent other =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("/x")).withType("a.b").build();
    assertThat(rule.refusal(other))
        .hasValue("type: expected com.amazonaws.s3.ObjectCreated:*, found 'a.b'");
  }

  @Test
  void inputsAreMadeOfTheEventByExpressions() throws Exception {
    assertThat(rule(GAUGES).mapping().of(List.of(object("readings/a bé.csv", 5)), EVALUATOR))
        .isEqualTo(
            "{\"gauge\":{\"class\":\"File\",\"location\":\"s3://gauges/readings/a%20b%C3%A9.csv\"},\"hours\":48,\"title\":\"reading of readings/a bé.csv\",\"names\":[true]}");
  }

  @Test
  void conditionsInSqlSeeAllAttributes() throws Exception {
    TriggerRule rule =
        rule(
            """
            name: near
            filter: {sql: "type = 'org.example.reading' AND EXISTS site AND site LIKE 'delft%'"}
            workflow: flood
            """);
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/x"))
            .withType("org.example.reading");
    assertThat(rule.refusal(event.withExtension("site", "delft-2").build())).isEmpty();
    assertThat(rule.refusal(event.withExtension("site", "breda").build())).hasValue("sql is false");
  }

  private static void refused(String text, String... words) {
    assertThatThrownBy(() -> rule(text))
        .isInstanceOf(InvalidSettingException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void whatCannotBeUsedIsNamedWithItsPlace() {
    refused("name: Gauges\nfilter: {type: a}\nworkflow: w", "gauges.yaml:1:7", "small letters");
    refused("name: g\nworkflow: w", "filter is missing");
    refused("name: g\nfilter: {type: a, typ: b}\nworkflow: w", "2:24", "filter.typ means nothing");
    refused("name: g\nfilter: {mediaType: text/csv}\nworkflow: w", "no trigger is for all events");
    refused("name: g\nfilter: {sql: \"type ==\"}\nworkflow: w", "2:15", "CloudEvents SQL");
    refused("name: g\nfilter: {type: '" + "*a".repeat(129) + "'}\nworkflow: w", "256 characters");
    refused("name: g\nfilter: {type: a}", "workflow is missing");
    refused(
        "name: g\nfilter: {type: a}\nworkflow: w\ninputs: {x: $(self.}", "gauges.yaml:4", "$(self");
    refused(
        "name: g\nfilter: {type: a}\nworkflow: w\ncollect: {by: $(self.id)}",
        "count, within, quiet and all");
    refused(
        "name: g\nfilter: {type: a}\nworkflow: w\ncollect: {by: '$(self.id + 1)', count: 2}",
        "gauges.yaml:4");
    refused(
        "name: g\nfilter: {sql: \"subject LIKE '%a%a%b'\"}\nworkflow: w",
        "'%a%a%b': a text may have 2 per cent signs");
    String plain = "name: g\nfilter: {type: a}\nworkflow: w\n";
    refused(plain + "collect: {all: [a, b]}", "gauges.yaml:4", "a reference that says which");
    refused(plain + "collect: {each: $(self.id), count: 2}", "all is the list");
    refused(plain + "collect: {each: $(self.id), all: [a, a]}", "each but once");
    refused(plain + "collect: {each: $(self.id), all: [a], count: 2}", "no count");
    refused(plain + "collect: {each: $(self.id), all: [a], quiet: 1m}", "no quiet");
    refused(plain + "collect: {each: '$(self.id + 1)', all: [a]}", "gauges.yaml:4");
    refused(plain + "rate: {most: 2}", "rate.per");
    refused(plain + "rate: {per: 1h}", "rate.most");
    refused(plain + "rate: {most: 0, per: 1h}", "rate.most");
    refused(plain + "rate: {most: 10001, per: 1h}", "at most 10000");
    refused(plain + "rate: {most: 2, per: 0s}", "rate.per");
    refused(plain + "check: {inputs: {}}", "check.workflow is missing");
    refused(plain + "check: {workflow: c, input: {}}", "check.input means nothing");
    refused(plain + "check: {workflow: c, inputs: {x: $(self.}}", "gauges.yaml:4");
    refused("- name", "expected a trigger");
  }

  @ParameterizedTest
  @CsvSource({
    "text/csv, text/csv, true",
    "Text/CSV; charset=utf-8, text/csv, true",
    "text/csv, TEXT/csv;header=present, true",
    "text/csv, text/csv-schema, false",
    "image/*, image/tiff, true",
    "Image/*, IMAGE/svg+xml; charset=utf-8, true",
    "image/*, images/tiff, false",
    "image/*, image, false",
    "text/csv, , false",
  })
  void mediaTypesAreComparedWithoutCaseAndParameters(String wanted, String found, boolean matches)
      throws Exception {
    TriggerRule rule =
        rule("name: g\nfilter: {type: a.b, mediaType: '%s'}\nworkflow: w".formatted(wanted));
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/x"))
            .withType("a.b")
            .withDataContentType(found)
            .build();
    assertThat(rule.refusal(event).isEmpty()).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "*/*", "*/csv", "text/", "text/c*", "text/csv, text/plain"})
  void whatIsNoMediaTypeIsRefusedWhereItStands(String mediaType) {
    refused(
        "name: g\nfilter: {type: a, mediaType: '%s'}\nworkflow: w".formatted(mediaType),
        "gauges.yaml:2:",
        "filter.mediaType",
        "all of a kind, as image/*");
  }

  private static boolean maySee(String filter) throws Exception {
    return rule("name: g\nfilter: " + filter + "\nworkflow: w").maySee("twins", "out/default/");
  }

  @Test
  void whatMaySeeTheResultsOfItsOwnRunsIsKnown() throws Exception {
    assertThat(maySee("{type: 'com.amazonaws.s3.**'}")).isTrue();
    assertThat(maySee("{subject: '**.csv'}")).isTrue();
    assertThat(maySee("{subject: out/*}")).isTrue();
    assertThat(maySee("{sql: 'TRUE'}")).isTrue();
    assertThat(maySee("{subject: '*', source: 'ceph:s3.*.twins'}")).isTrue();
    assertThat(maySee("{subject: '*', source: 'ceph:s3.default.*'}")).isTrue();
    assertThat(maySee("{subject: 'readings/**.csv'}")).isFalse();
    assertThat(maySee("{subject: '*', source: 'ceph:s3.*.gauges'}")).isFalse();
    assertThat(maySee("{type: org.example.reading}")).isFalse();
    assertThat(maySee("{type: 'com.amazonaws.s3.ObjectRemoved:*'}")).isFalse();
  }

  @Test
  void eventsThatBelongTogetherHaveOneKey() throws Exception {
    TriggerRule rule =
        rule(
            """
            name: daily
            filter: {subject: "*/*.csv"}
            workflow: flood
            collect: {by: "$(self.parts[0])", count: 3}
            """);
    assertThat(rule.key(object("2026-11-21/a.csv", 1), EVALUATOR)).isEqualTo("2026-11-21");
    assertThat(rule.key(object("2026-11-22/a.csv", 1), EVALUATOR)).isEqualTo("2026-11-22");
  }

  @Test
  void manyAsterisksMatchInTime() throws Exception {
    TriggerRule rule = rule("name: g\nfilter: {subject: 'a**a**a**a**a**a**a**b'}\nworkflow: w");
    assertThat(rule.refusal(object("a".repeat(200), 1))).isPresent();
  }
}
