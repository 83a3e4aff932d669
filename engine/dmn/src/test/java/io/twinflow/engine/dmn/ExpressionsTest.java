package io.twinflow.engine.dmn;

import static io.twinflow.engine.dmn.Documents.decide;
import static io.twinflow.engine.dmn.Documents.impossible;
import static io.twinflow.engine.dmn.Documents.literal;
import static io.twinflow.engine.dmn.Documents.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions come to, and when they come to nothing. */
class ExpressionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          level + 1                                | 8
          0.1 + 0.2                                | 0.3
          level / 2                                | 3.5
          -level * (limit - 1)                     | -63
          "at " + Name of Place                    | "at the weir"
          string length(Name  of Place)            | 8
          upper case(Name of Place)                | "THE WEIR"
          if level > limit then "high" else "low"  | "low"
          level between 1 and 10                   | true
          level in (1, 7)                          | true
          level in [1..5]                          | false
          [level, limit]                           | [7,10]
          max(level, limit, 3)                     | 10
          sum([level, limit])                      | 17
          count([1, null])                         | 2
          list contains([1, 7], level)             | true
          not(level = 7)                           | false
          level != 7 or limit = 10                 | true
          floor(2.7)                               | 2
          decimal(2.345, 2)                        | 2.34
          round half up(2.345, 2)                  | 2.35
          number("1.50")                           | 1.50
          string(1.50)                             | "1.50"
          date("2026-01-31") + duration("P1D")     | "2026-02-01"
          date and time("2026-01-31T10:00:00Z")    | "2026-01-31T10:00:00Z"
          date("2026-01-31").year                  | 2026
          duration("PT90M")                        | "PT1H30M"
          time("10:30:00")                         | "10:30:00"
          contains(string: "green", match: "ree")  | true
          null                                     | null
          """)
  void values(String expression, String json) throws Exception {
    Decided decided =
        decide(literal(expression), "level", 7, "limit", 10, "Name of Place", "the weir");
    assertThat(ValueJson.write(decided.result())).isEqualTo(json);
    assertThat(decided.isNothing()).isFalse();
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    DecimalValue long40 =
        new DecimalValue(new BigDecimal("1234567890123456789012345678901234567890.10"));
    assertThat(decide(literal("level"), "level", long40).result()).isEqualTo(long40);
    assertThat(decide(literal("level + 1"), "level", new BigDecimal("1.10")).result())
        .isEqualTo(value(new BigDecimal("2.10")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          level / 0              | Can't divide '7' by '0'
          level + "a"            | Can't add '"a"' to '7'
          level < Name of Place  | Can't compare '7' with 'null'
          if level then 1 else 2 | Expected boolean but found '7'
          level and true         | Expected boolean but found '7'
          level.size             | No property found with name 'size' of value '7'
          max(level, "a")        | is not comparable
          number("x" + "1")      | "x1" is no number
          date("2026-" + "31")   | expected a date such as 2026-01-31
          date("2026-01-31") + duration("P999999999999" + "D") | Invalid value for EpochDay
          level in (Name of Place, "a") | Can't compare
          """)
  void whatHasNoValueIsTold(String expression, String message) {
    Throwable told = told(expression);
    assertThat(told).as(expression).isNotNull();
    assertThat(told.getMessage()).contains(message).contains("a.dmn:9:26: ");
  }

  private static Throwable told(String expression) {
    return org.assertj.core.api.Assertions.catchThrowable(
        () -> decide(literal(expression), "level", 7));
  }

  @Test
  void decisionsAreMadeInTheOrderInWhichTheyRequireEachOther() throws Exception {
    String document =
        Documents.definitions(
            """
            <decision id="c" name="Last One"><variable name="Last One" typeRef="number"/>
            <informationRequirement><requiredDecision href="#b"/></informationRequirement>
            <informationRequirement><requiredDecision href="n#a"/></informationRequirement>
            %s</decision>
            <decision id="b" name="Middle"><informationRequirement><requiredDecision href="#a"/></informationRequirement>
            %s</decision>
            <decision id="a" name="The First"><informationRequirement><requiredInput href="#i"/></informationRequirement>
            <literalExpression><text>person.Given Name + "!"</text></literalExpression></decision>
            <inputData id="i" name="person"><variable typeRef="tPerson"/></inputData>
            <itemDefinition name="tPerson"><itemComponent name="Given Name"><typeRef>string</typeRef></itemComponent>
            <itemComponent name="born"><typeRef>date</typeRef></itemComponent></itemDefinition>
            """
                .formatted(
                    Documents.tableOnly(
                        "hitPolicy=\"FIRST\"",
                        "Middle.the mark",
                        "<output/>",
                        "> 1 => Middle.the mark * 10"),
                    Documents.tableOnly(
                        "",
                        "The First",
                        "<output name=\"the mark\"/><output name=\"b\"/>",
                        "\"Ann!\" => 2 => null")));
    DmnDocument read = Documents.read(document);
    assertThat(read.main().id()).isEqualTo("c");
    assertThat(read.main().inputs()).containsExactly(new DecisionInput("person", "context"));
    assertThat(read.decisions())
        .extracting(Decision::variable)
        .containsExactly("Last One", "Middle", "The First");
    var person =
        new io.twinflow.workflowdefs.value.RecordValue(
            Documents.inputs("Given Name", "Ann", "born", "2001-02-03"));
    Decided decided = read.main().decide(java.util.Map.of("person", person));
    assertThat(decided.result()).isEqualTo(value(20));
    assertThat(decided.outputs().fields()).containsOnlyKeys("Last One");
    assertThat(decided.rules())
        .containsExactly(new MatchedRule("b", 1, null), new MatchedRule("c", 1, null));
    assertThat(impossible(document, "person", person.with("born", value("3 May"))))
        .hasMessageContaining("person.born: expected a date such as 2026-01-31, found \"3 May\".");
  }

  @Test
  void inputsThatNobodyAskedForAreTold() {
    assertThat(impossible(literal("level"), "levle", 1))
        .hasMessageContaining("the decision has no input \"levle\".")
        .hasMessageContaining("Did you mean \"level\"?");
  }
}
