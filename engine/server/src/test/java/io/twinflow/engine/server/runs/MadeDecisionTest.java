package io.twinflow.engine.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.dmn.Decided;
import io.twinflow.engine.dmn.MatchedRule;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How it is told later why something was decided. */
class MadeDecisionTest {

  private static MadeDecision made(List<MatchedRule> rules) {
    RecordValue outputs = RecordValue.EMPTY.with("n", new IntegerValue(rules.size()));
    return new MadeDecision(
        "alarm", "abc", new Decided("a", NullValue.NULL, outputs, rules, rules.isEmpty()));
  }

  @Test
  void itNamesTheVersionAndTheRules() {
    MadeDecision made =
        made(List.of(new MatchedRule("rain", 3, null), new MatchedRule("alarm", 2, "severe")));
    assertThat(made.sentence())
        .isEqualTo("alarm, version abc, decided by rain rule 3, alarm rule 2 (severe)");
    assertThat(ValueJson.write(made.told()))
        .isEqualTo(
            "{\"decision\":\"alarm\",\"digest\":\"abc\",\"rules\":[{\"decision\":\"rain\",\"rule\":3},{\"decision\":\"alarm\",\"rule\":2,\"id\":\"severe\"}],\"outputs\":{\"n\":2}}");
    assertThat(made(List.of()).sentence()).isEqualTo("alarm, version abc, decided by no rule");
  }

  @Test
  void veryManyRulesDoNotFillAnEvent() {
    MadeDecision made =
        made(
            IntStream.rangeClosed(1, 5_000)
                .mapToObj(rule -> new MatchedRule("alarm", rule, null))
                .toList());
    assertThat(made.sentence()).endsWith("alarm rule 100 and 4900 more").hasSizeLessThan(5_000);
    assertThat(ValueJson.write(made.told())).hasSizeLessThan(10_000);
  }
}
