package io.twinflow.workflowdefs.expression;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;

/** Short forms for the tests of this package. */
final class Expressions {

  static final Position START = new Position("tool.cwl", 10, 5);

  private Expressions() {}

  static ExpressionText text(String text) {
    return new ExpressionText(text, START);
  }

  static ExpressionContext withoutJavaScript(Map<String, Value> inputs) {
    return new ExpressionContext(
        new RecordValue(inputs), NullValue.NULL, new RecordValue(Map.of()), null);
  }

  static ExpressionContext withJavaScript(Map<String, Value> inputs) {
    return new ExpressionContext(
        new RecordValue(inputs), NullValue.NULL, new RecordValue(Map.of()), List.of());
  }

  static ExpressionException failure(Evaluator evaluator, String text, ExpressionContext context) {
    return catchThrowableOfType(
        ExpressionException.class, () -> evaluator.evaluate(text(text), context));
  }
}
