package io.twinflow.triggers.source.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Keeper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndedRunTest {

  private static EndedRun run(String workflow, Map<String, String> labels) {
    return new EndedRun(
        "default",
        "20261121-100000-abcdef",
        "ann",
        workflow,
        "0123",
        "cwl",
        "FAILED",
        labels,
        Instant.parse("2026-11-21T10:00:00Z"),
        Instant.parse("2026-11-21T10:00:05Z"),
        2);
  }

  @Test
  void itSaysWhoseItIsWhatItMadeAndWhatLedToIt() {
    Message message =
        run("flood", Map.of("trigger", "gauges", "twin", "delft"))
            .message(new RunResults.Result("{\"a\": 1}", null, "TASK", "the tool failed"));
    assertThat(message.audience()).isEqualTo("ann");
    assertThat(message.attributes())
        .containsEntry("id", "20261121-100000-abcdef")
        .containsEntry("type", "io.twinflow.run.ended")
        .containsEntry("subject", "flood/20261121-100000-abcdef")
        .containsEntry("state", "failed")
        .containsEntry("trigger", "gauges")
        .containsEntry("chain", "2");
    assertThat(Keeper.body(message))
        .contains(
            "\"outputs\":{\"a\":1}",
            "\"failure\":{\"kind\":\"TASK\",\"message\":\"the tool failed\"}",
            "\"twin\":\"delft\"",
            "\"version\":\"0123\"")
        .doesNotContain("withheld");
  }

  @Test
  void outputsThatAreTooLargeAreLeftWhereTheyLie() {
    String large = "{\"a\": \"%s\"}".formatted("x".repeat(Inbox.MOST_DATA));
    Message message =
        run("flood", Map.of()).message(new RunResults.Result(large, null, null, null));
    assertThat(message.body()).hasSizeLessThan(1000);
    assertThat(Keeper.body(message))
        .contains("GET /api/v1/runs/20261121-100000-abcdef/outputs has them")
        .doesNotContain("\"outputs\":");
  }

  @Test
  void aNameThatNoAttributeMayHoldIsNoReasonToLoseARun() {
    assertThat(run("a\u0007b", Map.of("trigger", "")).likeness().getSubject())
        .isEqualTo("a\uFFFDb/20261121-100000-abcdef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: io.twinflow.run.ended}                                   | true",
        "{type: io.twinflow.*}                                           | true",
        "{type: io.twinflow.run.**, subject: 'report/*'}                 | true",
        "{subject: '**'}                                                 | true",
        "{subject: '*/2026*'}                                            | true",
        "{subject: 'checks/*'}                                           | true",
        "{sql: \"state = 'failed'\"}                                     | true",
        "{sql: \"chain < 3\"}                                            | true",
        "{subject: 'flood/*'}                                            | false",
        "{subject: 'report-2/*'}                                         | false",
        "{type: io.twinflow.schedule.time}                               | false",
        "{source: /api/v1/sources/nightly}                               | false",
        "{type: io.twinflow.run.ended, sql: 'NOT EXISTS trigger'}        | false",
        "{type: io.twinflow.run.ended, sql: \"trigger <> 'reports'\"}    | false",
        "{subject: 'report/*', sql: \"state = 'paused'\"}                | false",
      })
  void aTriggerThatItsOwnRunsWouldFireIsTold(String filter, boolean itself) throws Exception {
    TriggerRule rule =
        TriggerRule.read("{name: reports, workflow: w, filter: %s}".formatted(filter), "t.yaml");
    assertThat(RunsSource.mayFireItself(rule, List.of("report", "checks"))).isEqualTo(itself);
  }
}
