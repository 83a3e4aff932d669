package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Numbers;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  private static final Map<String, Value> INPUTS =
      Map.of(
          "n",
          new IntegerValue(41),
          "l",
          new ListValue(List.of(new StringValue("a"), new StringValue("b"))),
          "f",
          FileValue.at("file:///d/x.txt", "x.txt"),
          "r",
          new RecordValue(Map.of("1", new IntegerValue(5), "k", NullValue.NULL)));

  private static Value value(String expression) throws Exception {
    return EVALUATOR.evaluate(text(expression), withJavaScript(INPUTS));
  }

  private static String string(String expression) throws Exception {
    return ((StringValue) value(expression)).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$(inputs.n + 1)                    | 42",
        "${ return inputs.n / 2 * 2; }      | 41",
        "$(-0)                              | 0",
        "$(9007199254740992)                | 9007199254740992",
        "$(Math.pow(2, 60))                 | 1152921504606847000",
        "$(inputs.l.length)                 | 2",
        "$(parseInt('12px'))                | 12",
        "$(inputs.r['1'])                   | 5",
        "$(inputs.r[1] + 0)                 | 5",
        "$(1e3)                             | 1000",
      })
  void whole_numbers_are_integers(String expression, long expected) throws Exception {
    assertThat(value(expression)).isEqualTo(new IntegerValue(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$(0.1 + 0.2) | 0.30000000000000004",
        "$(1 / 8)     | 0.125",
        "$(1e-7)      | 1E-7",
        "$(1.5e300)   | 1.5E+300",
      })
  void other_numbers_are_decimals(String expression, String expected) throws Exception {
    assertThat(value(expression)).isEqualTo(new DecimalValue(new BigDecimal(expected)));
  }

  @Test
  void results_are_what_JSON_would_hold() throws Exception {
    assertThat(value("$([1, 'a', null, undefined, [], {}].concat(inputs.l))"))
        .isEqualTo(
            new ListValue(
                List.of(
                    new IntegerValue(1),
                    new StringValue("a"),
                    NullValue.NULL,
                    NullValue.NULL,
                    ListValue.EMPTY,
                    RecordValue.EMPTY,
                    new StringValue("a"),
                    new StringValue("b"))));
    assertThat(value("$({a: undefined, b: null, 3: 1})"))
        .isEqualTo(new RecordValue(Map.of("3", new IntegerValue(1), "b", NullValue.NULL)));
    assertThat(value("$(undefined)")).isEqualTo(NullValue.NULL);
    assertThat(value("${ var x = 1; }")).isEqualTo(NullValue.NULL);
    assertThat(value("$(inputs.f.nosuch)")).isEqualTo(NullValue.NULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$(0/0)                                   | NaN",
        "$([1, 1/0])                              | the result[1] is Infinity",
        "$(function() {})                         | function",
        "$(Symbol.iterator)                       | symbol",
        "$({d: new Date(0)})                      | the result.d is a JavaScript Date",
        "$(/a/)                                   | RegExp",
        "$(new Map())                             | Object.fromEntries",
        "${ var a = {}; a.b = a; return a; }      | contains itself",
        "${ return 10n; }                         | BigInt",
        "${ throw new Error('boom'); }            | boom",
        "${ throw 'boom'; }                       | boom",
      })
  void what_is_no_CWL_value_is_refused_by_name(String expression, String expected) {
    assertThat(failure(EVALUATOR, expression, withJavaScript(INPUTS)))
        .hasMessageContaining(expected);
  }

  @Test
  void objects_used_twice_are_no_cycle() throws Exception {
    assertThat(value("${ var a = [1]; return [a, a]; }"))
        .isEqualTo(
            new ListValue(
                List.of(
                    new ListValue(List.of(new IntegerValue(1))),
                    new ListValue(List.of(new IntegerValue(1))))));
  }

  @Test
  void what_an_expression_changes_is_not_seen_by_the_next() throws Exception {
    assertThat(
            string(
                "${ inputs.l.push('c'); inputs.n = 1; x = 2; return inputs.l.join(); }"
                    .replace("x = 2;", "")))
        .isEqualTo("a,b,c");
    assertThat(string("$(inputs.l.join() + inputs.n)")).isEqualTo("a,b41");
  }

  /**
   * Rhino keeps the first value of a constant, and the last of a variable without initial value.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${ var r = []; for (var i = 0; i < 3; i++) { const x = i; r.push(x); } return r.join(); } | 0,1,2",
        "${ const r = []; for (const x of ['a', 'b']) { r.push(x); } return r.join(); }            | a,b",
        "${ const r = []; for (const [k, v] of Object.entries({a: 1})) { r.push(k + v); } return r.join(); } | a1",
        "${ for (const k in {z: 1}) { return k; } }                                                | z",
        "${ const a = 'o'; if (true) { const a = 'i'; } return a; }                                | o",
        "${ var r = []; for (var i = 0; i < 3; i++) { let k; if (i == 1) k = 5; r.push(String(k)); } return r.join(); } | undefined,5,undefined",
        "${ return {const: 'c'}.const + ' const x ' + /const y/.source + `const ${'z'}`; }         | c const x const yconst z",
      })
  void constants_and_variables_belong_to_their_block(String expression, String expected)
      throws Exception {
    assertThat(string(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$([1, 2].map(x => x * 2).join() == '2,4')",
        "$(`a${1 + 1}b` == 'a2b')",
        "${ var {a, b: {c}} = {a: 1, b: {c: 2}}; return a + c == 3; }",
        "${ function f(a = 1, ...r) { return a + r.length; } return f() == 1; }",
        "$(inputs?.nosuch?.x ?? true)",
        "$(2 ** 3 == 8)",
        "$({...{a: true}}.a)",
        "$([...[true]][0])",
        "${ function* g() { yield 1; yield* [2]; } return [...g()].join() == '1,2'; }",
        "$(Object.entries({a: 1})[0][0] == 'a')",
        "$([1, [2]].flat().length == 2)",
        "$('a-b-c'.replaceAll('-', '_') == 'a_b_c')",
        "$('axbx'.replace(/x/g, 'y$&') == 'ayxbyx')",
        "$('a,b'.split(/,/).length == 2)",
        "$(/(?<y>\\d)/.exec('5').groups.y == '5')",
        "$(new Set([1, 1]).size == 1)",
        "$([3, 1, 2].sort().join() == '1,2,3')",
        "$(JSON.stringify({b: [1], a: {c: 2}}, ['a', 'b', 'c']) == '{\"a\":{\"c\":2},\"b\":[1]}')",
        "$(JSON.stringify({a: 1}, null, 2) == '{\\n  \"a\": 1\\n}')",
        "$(Math.max.apply(null, [1, 2]) == 2)",
        "${ var o = {}; o.toString = function() { return 'x'; }; return '' + o == 'x'; }",
        "${ try { x; } catch { return true; } }",
      })
  void the_language_in_common_use_works(String expression) throws Exception {
    assertThat(value(expression)).hasToString("BooleanValue[value=true]");
  }

  @Test
  void libraries_run_first_and_see_the_inputs_when_called() throws Exception {
    ExpressionContext context =
        new ExpressionContext(
            new RecordValue(INPUTS),
            NullValue.NULL,
            null,
            List.of("var two = 2;\nfunction twice() { return two * inputs.n; }", "two = 3;"));

    assertThat(EVALUATOR.evaluate(text("$(twice())"), context)).isEqualTo(new IntegerValue(123));
    assertThat(EVALUATOR.evaluate(text("$(twice() + two)"), context))
        .isEqualTo(new IntegerValue(126));
  }

  @Test
  void further_words_mean_what_they_are_given() throws Exception {
    Value big = Numbers.decimal("12345678901234567890.123");
    ExpressionContext context =
        new ExpressionContext(
            new RecordValue(INPUTS),
            NullValue.NULL,
            null,
            List.of(),
            Map.of("decision", new RecordValue(Map.of("level", new IntegerValue(2), "big", big))));

    assertThat(EVALUATOR.evaluate(text("$(decision.level)"), context))
        .isEqualTo(new IntegerValue(2));
    assertThat(EVALUATOR.evaluate(text("$(decision.big)"), context)).isEqualTo(big);
    assertThat(EVALUATOR.evaluate(text("$(decision.level + 1)"), context))
        .isEqualTo(new IntegerValue(3));
    assertThat(failure(EVALUATOR, "$(decisions.level)", context)).hasMessageContaining("decisions");
  }

  @Test
  void an_error_in_a_library_names_it() {
    ExpressionContext context =
        new ExpressionContext(
            new RecordValue(INPUTS),
            NullValue.NULL,
            null,
            List.of("var a;", "function f() {\n  return nosuch;\n}"));

    assertThat(failure(EVALUATOR, "$(f())", context))
        .hasMessageContaining("in expressionLib[1], line 2: ReferenceError")
        .hasMessageContaining("return nosuch;");
  }
}
