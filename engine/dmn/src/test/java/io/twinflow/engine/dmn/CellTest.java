package io.twinflow.engine.dmn;

import static io.twinflow.engine.dmn.Documents.decide;
import static io.twinflow.engine.dmn.Documents.impossible;
import static io.twinflow.engine.dmn.Documents.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values pass a cell: DMN 1.5, section 7.3.3 and 10.3.1.2, grammar rules 7 to 17. */
class CellTest {

  private static final String OUTPUT = "<output name=\"alarm\"/>";

  private static String typed(String type, String cell) {
    return Documents.definitions(
        """
        <inputData id="x" name="x"><variable name="x" typeRef="%s"/></inputData>
        <inputData id="flag" name="flag"><variable name="flag" typeRef="boolean"/></inputData>
        <decision id="it" name="it">
        <informationRequirement><requiredInput href="#x"/></informationRequirement>
        <informationRequirement><requiredInput href="#flag"/></informationRequirement>
        %s</decision>
        """
            .formatted(type, Documents.tableOnly("", "x", OUTPUT, cell + "=> true")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -             | 5    | true
          5             | 5    | true
          5             | 6    | false
          < 5           | 4    | true
          < 5           | 5    | false
          <= 5          | 5    | true
          > 5           | 5    | false
          >= 5          | 5    | true
          [1..5]        | 5    | true
          [1..5)        | 5    | false
          (1..5]        | 1    | false
          1, 5, 9       | 5    | true
          1, 5, 9       | 6    | false
          not(1, 5)     | 5    | false
          not(1, 5)     | 6    | true
          not([1..5])   | 3    | false
          < limit       | 9    | true
          < limit       | 11   | false
          limit         | 10   | true
          > limit / 2   | 6    | true
          [limit - 1..limit + 1] | 11 | true
          ? > 2 and ? < 4 | 3  | true
          ? > 2 and ? < 4 | 5  | false
          modulo(?, 2) = 1 | 3 | true
          [1, 5, 9]     | 5    | true
          [1, 5, 9]     | 6    | false
          limit > 5     | 1    | true
          limit > 50    | 1    | false
          """)
  void numbers(String cell, int level, boolean passes) throws Exception {
    Decided decided = decide(table("", OUTPUT, cell + " => 1"), "level", level, "limit", 10);
    assertThat(!decided.isNothing()).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string        | "a", "b"                  | a                    | true
          string        | "a", "b"                  | c                    | false
          string        | not("a")                  | c                    | true
          string        | contains(?, "ree")        | green                | true
          string        | "A" + "1"                 | A1                   | true
          boolean       | true                      | true                 | true
          boolean       | true                      | false                | false
          boolean       | not(true)                 | false                | true
          boolean       | not(true)                 | true                 | false
          boolean       | flag                      | true                 | false
          boolean       | true, false               | false                | true
          date          | < date("2026-01-01")      | 2025-12-31           | true
          date          | [date("2026-01-01")..date("2026-12-31")] | 2026-07-01 | true
          date          | ?.month = 7               | 2026-07-01           | true
          date and time | > date and time("2026-01-01T00:00:00Z") | 2026-01-01T00:00:01Z | true
          dateTime      | day of week(?) = "Thursday" | 2026-01-01T10:00:00 | true
          time          | < time("12:00:00")        | 11:59:59             | true
          days and time duration | > duration("PT1H") | PT61M               | true
          years and months duration | duration("P12M") | P1Y                | true
          """)
  void otherTypes(String type, String cell, String value, boolean passes) throws Exception {
    Object input = type.equals("boolean") ? Boolean.valueOf(value) : value;
    assertThat(!decide(typed(type, cell), "x", input, "flag", false).isNothing()).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -            | true
          null         | true
          < 5, null    | true
          < 5          | false
          [1..5]       | false
          5            | false
          not(5)       | true
          not(null)    | false
          """)
  void nullPassesWhereItIsNamed(String cell, boolean passes) throws Exception {
    assertThat(!decide(table("", OUTPUT, cell + " => 1"), "limit", 10).isNothing())
        .isEqualTo(passes);
  }

  @Test
  void aValueOfAnotherTypeIsToldAndNotPassedOver() {
    assertThat(impossible(typed("Any", "5"), "x", "five"))
        .hasMessage("a.dmn:10:25: expected a number to compare with, found the string \"five\".");
    assertThat(impossible(typed("Any", "< 5"), "x", "five"))
        .hasMessageStartingWith("a.dmn:10:25: Can't compare '\"five\"' with '5'");
    assertThat(impossible(typed("number", "< 5"), "x", "5"))
        .hasMessageContaining("a.dmn:2:1: x: expected a number, found the string \"5\".");
    assertThat(impossible(typed("date", "-"), "x", "tomorrow"))
        .hasMessageContaining("x: expected a date such as 2026-01-31, found \"tomorrow\".");
  }

  @Test
  void allowedValuesAreChecked() {
    String table =
        table("", OUTPUT, "> 5 => 1")
            .replace(
                "</inputExpression>",
                "</inputExpression><inputValues><text>[0..10]</text></inputValues>");
    assertThat(impossible(table, "level", 11))
        .hasMessageContaining("level: expected one of [0..10], found 11.");
    String computed =
        table(
            "",
            "<output name=\"alarm\"><outputValues><text>\"a\", \"b\"</text></outputValues></output>",
            "> 5 => string(level)");
    assertThat(impossible(computed, "level", 11))
        .hasMessageContaining("alarm: expected one of \"a\", \"b\", found \"11\".");
  }
}
