package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.failure;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.IntegerValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaScriptErrorsTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  private static ExpressionException error(String expression) {
    return failure(EVALUATOR, expression, withJavaScript(Map.of("file", new IntegerValue(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${ class A {} }                         | Classes are not available",
        "${ var f = async () => 1; }             | cannot wait",
        "${ async function f() { await 1; } }    | cannot wait",
        "$(Math.max?.(...[1, 2]))                  | f.apply(null, list)",
        "${ const [a, ...r] = [1]; }             | slice(1)",
        "${ const {a, ...r} = {}; }              | Rest properties",
        "$(((...a) => a.length)(1))              | Rest parameters of arrow functions",
        "$((({a = 1}) => a)({}))                 | Defaults within a destructured parameter",
        "${ import('x'); }                       | Modules are not available",
        "${ function f() { return new.target; } }| new.target",
        "${ return 10n; }                        | BigInt",
        "$(require('fs'))                        | Modules cannot be loaded",
        "$(console.log(1))                       | no console",
        "$(new Promise(x => x))                  | cannot wait",
        "$(eval('1'))                            | Write the code itself",
        "$(new Uint8Array(3))                    | not available in expressions",
        "$(inputs.fil.path)                      | Did you mean 'file'?",
        "${ Array.prototype.last = 1; }          | shared by all expressions",
        "${ function f() { return 1 + f(); } return f(); } | recursion without end",
      })
  void an_error_says_what_to_write_instead(String expression, String expected) {
    assertThat(error(expression)).hasMessageContaining(expected);
  }

  @Test
  void a_syntax_error_is_shown_in_its_line() {
    ExpressionException error = error("${\n  var a = 1;\n  var b = a +* 2;\n  return b;\n}");

    assertThat(error.position()).hasToString("tool.cwl:12:18");
    assertThat(error.getMessage()).endsWith("\n    var b = a +* 2;\n               ^");
  }

  @Test
  void a_run_time_error_is_shown_in_its_line() {
    ExpressionException error = error("${\n  var a = 1;\n  return nosuch.x;\n}");

    assertThat(error.position().line()).isEqualTo(12);
    assertThat(error)
        .hasMessageContaining("ReferenceError: \"nosuch\" is not defined")
        .hasMessageEndingWith("\n    return nosuch.x;\n           ^");
  }

  @Test
  void an_expression_within_text_is_placed_within_it() {
    assertThat(error("first line\nsecond $(nosuch)").position()).hasToString("tool.cwl:11:14");
  }
}
