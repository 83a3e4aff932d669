package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees.
 *
 * @param self {@link NullValue#NULL} where CWL gives it no meaning
 * @param runtime null where there is no task yet (step inputs, {@code when})
 * @param expressionLib null where JavaScript is not allowed (no InlineJavascriptRequirement): then
 *     only parameter references are
 * @param more further words that mean something here, as CWL knows none; a word of JavaScript's is
 *     none of them
 */
public record ExpressionContext(
    RecordValue inputs,
    Value self,
    @Nullable RecordValue runtime,
    @Nullable List<String> expressionLib,
    Map<String, Value> more) {
  public ExpressionContext {
    expressionLib = expressionLib == null ? null : List.copyOf(expressionLib);
    more = Map.copyOf(more);
  }

  /** What CWL lets an expression see. */
  public ExpressionContext(
      RecordValue inputs,
      Value self,
      @Nullable RecordValue runtime,
      @Nullable List<String> expressionLib) {
    this(inputs, self, runtime, expressionLib, Map.of());
  }

  public ExpressionContext withSelf(Value newSelf) {
    return new ExpressionContext(inputs, newSelf, runtime, expressionLib, more);
  }
}
