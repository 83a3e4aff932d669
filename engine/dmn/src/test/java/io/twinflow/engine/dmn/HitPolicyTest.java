package io.twinflow.engine.dmn;

import static io.twinflow.engine.dmn.Documents.assertProblems;
import static io.twinflow.engine.dmn.Documents.decide;
import static io.twinflow.engine.dmn.Documents.impossible;
import static io.twinflow.engine.dmn.Documents.table;
import static io.twinflow.engine.dmn.Documents.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables make of the rules that match: DMN 1.5, section 8.2.11. */
class HitPolicyTest {

  private static final String OUTPUT = "<output name=\"alarm\"/>";
  private static final String ORDERED =
      "<output name=\"alarm\"><outputValues><text>\"high\", \"middle\", \"low\"</text></outputValues></output>";
  private static final String[] RULES = {
    ">= 1 => \"low\"", ">= 3 => \"high\"", ">= 2 => \"middle\"", ">= 3 => \"low\""
  };

  private static List<Integer> rules(Decided decided) {
    return decided.rules().stream().map(MatchedRule::rule).toList();
  }

  private static ListValue list(Object... items) {
    return new ListValue(java.util.Arrays.stream(items).map(Documents::value).toList());
  }

  @Test
  void uniqueIsWhatATableIsThatSaysNothing() throws Exception {
    String table = table("", OUTPUT, "< 5 => \"low\"", ">= 5 => \"high\"");
    Decided decided = decide(table, "level", 7);
    assertThat(decided.result()).isEqualTo(value("high"));
    assertThat(decided.outputs().fields()).isEqualTo(Map.of("alarm", value("high")));
    assertThat(decided.variable()).isEqualTo("Alarm");
    assertThat(decided.rules()).containsExactly(new MatchedRule("alarm", 2, null));
    assertThat(decided.isNothing()).isFalse();
  }

  @Test
  void severalMatchesOfAUniqueTableNameTheRules() {
    assertThat(impossible(table("hitPolicy=\"UNIQUE\"", OUTPUT, RULES), "level", 2))
        .hasMessage(
            "a.dmn:9:1: expected one rule to match as the hit policy is UNIQUE, found rule 1 (line 12) and rule 3 (line 14). Narrow their cells, or choose another hit policy.");
  }

  @Test
  void anyTakesEqualOutputsAlone() throws Exception {
    String table = table("hitPolicy=\"ANY\"", OUTPUT, "> 1 => 1.0", "> 2 => 1", "> 3 => 2");
    Decided decided = decide(table, "level", 3);
    assertThat(decided.result()).isEqualTo(value(new BigDecimal("1.0")));
    assertThat(rules(decided)).containsExactly(1, 2);
    assertThat(impossible(table, "level", 4))
        .hasMessageContaining("a.dmn:14:1: expected the same outputs")
        .hasMessageContaining("others in rule 1 (line 12) and rule 3 (line 14)");
  }

  @Test
  void firstLooksNoFurther() throws Exception {
    Decided decided = decide(table("hitPolicy=\"FIRST\"", OUTPUT, RULES), "level", 9);
    assertThat(decided.result()).isEqualTo(value("low"));
    assertThat(rules(decided)).containsExactly(1);
  }

  @Test
  void priorityTakesTheValueThatStandsFirstAmongTheAllowed() throws Exception {
    Decided decided = decide(table("hitPolicy=\"PRIORITY\"", ORDERED, RULES), "level", 9);
    assertThat(decided.result()).isEqualTo(value("high"));
    assertThat(rules(decided)).containsExactly(2);
  }

  @Test
  void outputOrderSortsAndRuleOrderDoesNot() throws Exception {
    Decided byOutput = decide(table("hitPolicy=\"OUTPUT ORDER\"", ORDERED, RULES), "level", 9);
    assertThat(byOutput.result()).isEqualTo(list("high", "middle", "low", "low"));
    assertThat(rules(byOutput)).containsExactly(2, 3, 1, 4);
    Decided byRule = decide(table("hitPolicy=\"RULE ORDER\"", OUTPUT, RULES), "level", 2);
    assertThat(byRule.result()).isEqualTo(list("low", "middle"));
    assertThat(rules(byRule)).containsExactly(1, 3);
  }

  @ParameterizedTest
  @CsvSource({"SUM, 8.5", "MIN, 1", "MAX, 5", "COUNT, 3"})
  void collectAggregates(String aggregation, BigDecimal expected) throws Exception {
    String table =
        table(
            "hitPolicy=\"COLLECT\" aggregation=\"%s\"".formatted(aggregation),
            OUTPUT,
            "> 1 => 2.5",
            "> 1 => 5",
            "> 100 => 7",
            "> 1 => 1");
    Value whole = expected.scale() == 0 ? value(expected.intValue()) : value(expected);
    assertThat(decide(table, "level", 9).result()).isEqualTo(whole);
  }

  @Test
  void collectWithoutAnAggregationIsAList() throws Exception {
    assertThat(decide(table("hitPolicy=\"COLLECT\"", OUTPUT, RULES), "level", 2).result())
        .isEqualTo(list("low", "middle"));
  }

  @Test
  void textsCannotBeAdded() {
    assertThat(
            impossible(
                table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", OUTPUT, RULES), "level", 2))
        .hasMessageContaining("expected a number to add, found \"low\" in rule 1.");
  }

  @Test
  void noMatchIsNothing() throws Exception {
    Decided decided = decide(table("", OUTPUT, "> 5 => 1"), "level", 2);
    assertThat(decided.isNothing()).isTrue();
    assertThat(decided.result()).isEqualTo(NullValue.NULL);
    assertThat(decided.outputs().fields()).isEqualTo(Map.of("alarm", NullValue.NULL));
    assertThat(decided.rules()).isEmpty();
  }

  @Test
  void noMatchIsTheDefaultIfThereIsOne() throws Exception {
    String output =
        "<output name=\"alarm\"><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>";
    Decided decided = decide(table("", output, "> 5 => \"high\""), "level", 2);
    assertThat(decided.result()).isEqualTo(value("none"));
    assertThat(decided.isNothing()).isFalse();
    assertThat(
            decide(table("hitPolicy=\"COLLECT\"", output, "> 5 => \"high\""), "level", 2).result())
        .isEqualTo(list("none"));
  }

  @Test
  void severalOutputsAreFields() throws Exception {
    String outputs = "<output name=\"alarm\"/><output name=\"who is asked\"/>";
    Decided one = decide(table("", outputs, "> 5 => true => \"ann\""), "level", 9);
    RecordValue record =
        new RecordValue(Map.of("alarm", value(true), "who is asked", value("ann")));
    assertThat(one.result()).isEqualTo(record);
    assertThat(one.outputs()).isEqualTo(record);
    Decided many =
        decide(table("hitPolicy=\"RULE ORDER\"", outputs, "> 5 => true => \"ann\""), "level", 9);
    assertThat(many.result()).isEqualTo(list(record));
    assertThat(many.outputs().fields()).isEqualTo(Map.of("Alarm", list(record)));
    Decided none = decide(table("", outputs, "> 5 => true => \"ann\""), "level", 1);
    assertThat(none.result()).isEqualTo(NullValue.NULL);
    assertThat(none.outputs().fields()).containsOnlyKeys("alarm", "who is asked");
  }

  @Test
  void policiesThatSayTooLittleAreTold() {
    assertProblems(
        table("hitPolicy=\"PRIORITY\"", OUTPUT, "> 5 => 1"),
        "a.dmn:9:1: with the hit policy PRIORITY the order of the outputs counts");
    assertProblems(
        table("hitPolicy=\"OUTPUT ORDER\"", OUTPUT, "> 5 => 1"), "expected outputValues");
    assertProblems(
        table("hitPolicy=\"BEST\"", OUTPUT, "> 5 => 1"),
        "there is no hit policy \"BEST\": expected UNIQUE, ANY, FIRST");
    assertProblems(
        table("aggregation=\"SUM\"", OUTPUT, "> 5 => 1"), "only with hitPolicy=\"COLLECT\"");
    assertProblems(
        table("hitPolicy=\"COLLECT\" aggregation=\"MEAN\"", OUTPUT, "> 5 => 1"),
        "there is no aggregation \"MEAN\"");
    assertProblems(
        table(
            "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
            "<output name=\"a\"/><output name=\"b\"/>",
            "> 5 => 1 => 2"),
        "aggregation=\"SUM\" needs one output, found 2.");
    assertProblems(
        table("preferredOrientation=\"CrossTable\"", OUTPUT, "> 5 => 1"),
        "a cross table is not evaluated");
  }
}
