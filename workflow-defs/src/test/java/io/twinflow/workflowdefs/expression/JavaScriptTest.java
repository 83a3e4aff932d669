package io.twinflow.workflowdefs.expression;

import static io.twinflow.workflowdefs.expression.Expressions.text;
import static io.twinflow.workflowdefs.expression.Expressions.withJavaScript;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaScriptTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();

  private static Value value(String expression, Map<String, Value> inputs) throws Exception {
    return EVALUATOR.evaluate(text(expression), withJavaScript(inputs));
  }

  @Test
  void calculates_and_keeps_integers() throws Exception {
    assertThat(value("$(inputs.n + 1)", Map.of("n", new IntegerValue(41))))
        .isEqualTo(new IntegerValue(42));
    assertThat(value("${ return inputs.n / 2 * 2; }", Map.of("n", new IntegerValue(41))))
        .isEqualTo(new IntegerValue(41));
  }

  @Test
  void knows_arrays_and_strings() throws Exception {
    assertThat(value("$([1, 'a', null, undefined].concat(inputs.l))", Map.of("l", ListValue.EMPTY)))
        .isEqualTo(
            new ListValue(
                List.of(
                    new IntegerValue(1), new StringValue("a"), NullValue.NULL, NullValue.NULL)));
  }
}
