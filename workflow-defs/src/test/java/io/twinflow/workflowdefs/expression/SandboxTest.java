package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {

  private static final Evaluator EVALUATOR =
      Evaluators.withLimits(new ExpressionLimits(Duration.ofSeconds(2), 64L << 20, 2));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(java.lang.System.exit(3))",
        "$(Packages.java.lang.System.exit(3))",
        "$(getClass('java.lang.System'))",
        "$(new JavaAdapter(java.lang.Runnable, {}))",
        "$(importClass(java.lang.System))",
        "$('x'.getClass().forName('java.lang.System'))",
        "$(inputs.getClass().getName())",
        "$(inputs.class.forName('java.lang.System'))",
        "$(''.constructor.constructor('return java.lang.System')())",
        "${ return this.constructor.constructor('return java.lang.System')(); }",
        "${ return (function() {}).constructor('return java.lang.System')(); }",
        "${ return (() => 1).constructor('return java.lang.System')(); }",
        "${ return Object.getPrototypeOf(function*() {}).constructor('yield java.lang.System')().next(); }",
        "${ return new Function('return java.lang.System')(); }",
        "${ return new Function('return inputs.getClass()')(); }",
        "${ return new Function('while (true) {}')(); }",
        "${ return new Function(\"var s = 'x'; while (true) { s += s; }\")(); }",
        "${ return new Function(\"return 'x'.repeat(1 << 28)\")(); }",
        "${ return new Function('Object.prototype.polluted = 1')(); }",
        "${ return new Function('polluted = 1; }); (function() {')(); }",
        "${ return eval('1'); }",
        "${ return this['eval']('1'); }",
        "${ return [].map.call([1], eval); }",
        "${ Object.prototype.polluted = 1; }",
        "${ ({}).__proto__.polluted = 1; }",
        "${ Array.prototype.push = null; }",
        "${ Object.defineProperty(Object.prototype, 'polluted', {value: 1}); }",
        "${ Object.setPrototypeOf(Array.prototype, {polluted: 1}); }",
        "${ Array.prototype.__proto__ = {polluted: 1}; }",
        "${ Math.polluted = 1; }",
        "${ JSON.stringify.polluted = 1; }",
        "${ delete Array.prototype.map; return [].map(String); }",
        "${ Object.getPrototypeOf(this).polluted = 1; }",
        "${ [][Symbol.iterator]().__proto__.next = null; }",
        "${ String.prototype.__defineGetter__('polluted', function() { return 1; }); }",
      })
  void what_reaches_out_is_refused(String expression) throws Exception {
    assertThat(failure(EVALUATOR, expression, withJavaScript(Map.of()))).isNotNull();
    assertThat(
            EVALUATOR.evaluate(
                text(
                    "${ return [typeof {}.polluted, typeof polluted, typeof Math.polluted, typeof ''.polluted, [1, 2].map(x => x + 1).join(), [...[1]].length].join(' '); }"),
                withJavaScript(Map.of())))
        .isEqualTo(new StringValue("undefined undefined undefined undefined 2,3 1"));
  }

  @Test
  void globals_of_one_evaluation_are_not_seen_by_another() throws Exception {
    EVALUATOR.evaluate(
        text("${ this.leak = 1; JSON = null; Array = 3; return null; }"), withJavaScript(Map.of()));

    assertThat(
            EVALUATOR.evaluate(
                text("$(typeof leak + typeof JSON + typeof Array)"), withJavaScript(Map.of())))
        .isEqualTo(new StringValue("undefinedobjectfunction"));
  }

  @Test
  void a_function_made_from_text_sees_its_arguments_and_the_globals_of_the_evaluation()
      throws Exception {
    assertThat(
            EVALUATOR.evaluate(
                text("${ return new Function('a', 'b', 'return a + b + inputs.n')(1, 3); }"),
                withJavaScript(Map.of("n", new IntegerValue(2)))))
        .isEqualTo(new IntegerValue(6));
  }
}
