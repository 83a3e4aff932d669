package io.twinflow.workflowdefs.bpmn.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions mean. */
class TemplateTest {

  private static final String VARIABLES =
      """
      {"level": 3.6, "count": 7, "name": "Elbe", "ok": true, "none": null, "list": [1, "b"],
       "o": {"and": {"x-y": 5}}, "file": {"class": "File", "location": "s3://b/k.csv", "basename": "k.csv"},
       "huge": 1e9000}
      """;

  private static Value evaluate(String text) throws Exception {
    RecordValue variables = (RecordValue) ValueJson.read(VARIABLES);
    return Template.parse(text, Position.startOf("t")).evaluate(variables.fields()::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | \"plain\"",
        "${level} | 3.6",
        "${level > 3.5} | true",
        "${level gt 3.5 and count lt 8} | true",
        "${3.60 == level} | true",
        "${count == 7.0} | true",
        "${count * 2 + 1} | 15",
        "${1 + 2 * 3 - 4 / 2} | 5",
        "${(1 + 2) * 3 % 4} | 1",
        "${0.1 + 0.2} | 0.3",
        "${-count} | -7",
        "${!ok or not ok} | false",
        "${name == 'Elbe' ? 'yes' : 'no'} | \"yes\"",
        "${ok ? 1 : 2 ? 3 : 4} | 1",
        "${name lt 'Oder'} | true",
        "${empty none && empty unknown && empty ''} | true",
        "${empty list} | false",
        "${unknown.deeper} | null",
        "${unknown == null} | true",
        "${list[1]} | \"b\"",
        "${list[9]} | null",
        "${list.length} | 2",
        "${o.and['x-y']} | 5",
        "${file.basename} | \"k.csv\"",
        "${'it\\'s }'} | \"it's }\"",
        "gauge ${name}: ${level} m, ${none}${ok} | \"gauge Elbe: 3.6 m, true\"",
        "$ {level} $level | \"$ {level} $level\"",
        "${ok}${ok} | \"truetrue\"",
      })
  void expressionsHaveValues(String text, String json) throws Exception {
    assertThat(ValueJson.write(evaluate(text))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${name > 3} | \">\" expects a number and found a text",
        "${count && ok} | \"&&\" expects true or false and found a number",
        "${level / (count - 7)} | division by zero",
        "${name.length} | a text has no \"length\"",
        "${list.first} | a list has no \"first\"",
        "${huge + 1} | more than 1,000 digits",
        "${huge % 7} | too far apart",
      })
  void whatCannotBeEvaluatedSaysWhy(String text, String part) {
    assertThatThrownBy(() -> evaluate(text))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(part);
  }

  @Test
  void conditionsAreTrueOrFalse() throws Exception {
    Variables none = name -> null;
    assertThat(Template.parse("${x}", Position.startOf("t")).holds(none)).isFalse();
    assertThatThrownBy(() -> Template.parse("${'yes'}", Position.startOf("t")).holds(none))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("expected true or false, found yes");
  }

  @Test
  void mistakesAreToldAtTheirPlace() {
    assertThatThrownBy(() -> Template.parse("a\n  ${b +}", new Position("t", 3, 9)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("t:4:8: expected a variable, a number, a text or a bracket, found \"}\".");
  }
}
