package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static io.twinflow.workflowdefs.expression.Expressions.withoutJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  private static final Map<String, Value> INPUTS =
      Map.of(
          "val",
          new StringValue("val"),
          "n",
          new IntegerValue(-3),
          "tiny",
          new DecimalValue(new BigDecimal("0.00001")),
          "huge",
          new DecimalValue(new BigDecimal("4.2E+22")),
          "object",
          new RecordValue(
              Map.of(
                  "b",
                  new ListValue(List.of(NullValue.NULL, new StringValue("q\"\n"))),
                  "a",
                  new IntegerValue(1))));

  private static String string(String expression) throws Exception {
    return ((StringValue) EVALUATOR.evaluate(text(expression), withoutJavaScript(INPUTS))).value();
  }

  /** The table of the specification's escaping rules, as its own conformance test has it. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "-$(inputs.val)-,               -val-",
        "-\\$(inputs.val)-,             -$(inputs.val)-",
        "-\\\\$(inputs.val)-,           -\\val-",
        "-\\\\\\$(inputs.val)-,         -\\$(inputs.val)-",
        "-\\\\\\\\$(inputs.val)-,       -\\\\val-",
        "-\\\\\\\\\\$(inputs.val)-,     -\\\\$(inputs.val)-",
        "-\\${return 1}$(inputs.val)-,  -${return 1}val-",
        "$(inputs.val) \\,              val \\",
        "$(inputs.val) \\\\,            val \\",
        "$(inputs.val) \\n,             val \\n",
        "$(inputs.val) $,               val $",
        "$(inputs.val) \\$,             val \\$",
        "$$$(inputs.val),               $$val",
        "$(inputs.val)$(inputs.n),      val-3",
        "n=$(inputs.n),                 n=-3",
        "x=$(inputs.tiny),              x=0.00001",
        "x=$(inputs.huge),              x=42000000000000000000000",
        "null=$(null),                  null=null",
      })
  void text_is_interpolated(String text, String expected) throws Exception {
    assertThat(string(text)).isEqualTo(expected);
  }

  @Test
  void objects_are_put_in_as_JSON_with_sorted_keys() throws Exception {
    assertThat(string("o=$(inputs.object)")).isEqualTo("o={\"a\": 1, \"b\": [null, \"q\\\"\\n\"]}");
  }

  @Test
  void text_without_expressions_stays_as_it_is() throws Exception {
    assertThat(string("  \\\\ \\n $x ) } \n")).isEqualTo("  \\\\ \\n $x ) } \n");
  }

  @Test
  void white_space_is_kept_where_it_is_asked_for() throws Exception {
    assertThat(EVALUATOR.evaluateKeepingSpace(text(" $(inputs.n)\n"), withoutJavaScript(INPUTS)))
        .isEqualTo(new StringValue(" -3\n"));
    assertThat(EVALUATOR.evaluateKeepingSpace(text("$(inputs.n)"), withoutJavaScript(INPUTS)))
        .isEqualTo(new IntegerValue(-3));
  }

  @Test
  void brackets_in_strings_and_nested_brackets_do_not_end_an_expression() throws Exception {
    assertThat(
            EVALUATOR.evaluate(
                text("a$((\")\" + ')') + (1))b${ return \"}\" + {x: 2}.x; }c"),
                withJavaScript(INPUTS)))
        .isEqualTo(new StringValue("a))1b}2c"));
  }

  @Test
  void an_apostrophe_in_a_comment_does_no_harm() throws Exception {
    assertThat(
            EVALUATOR.evaluate(
                text("${\n  // it isn't so\n  return 1; /* } */\n}"), withJavaScript(INPUTS)))
        .isEqualTo(new IntegerValue(1));
  }

  @Test
  void an_expression_without_end_is_refused_at_its_place() {
    ExpressionException refused = failure(EVALUATOR, "a\nbc $(inputs.x", withoutJavaScript(INPUTS));

    assertThat(refused).hasMessageContaining("no closing ')'");
    assertThat(refused.position()).hasToString("tool.cwl:11:8");
  }
}
