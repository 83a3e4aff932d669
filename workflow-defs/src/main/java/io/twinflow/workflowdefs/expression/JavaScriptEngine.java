package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port behind which JavaScript is run, in this process or another. Safe for use by many threads
 * at once; nothing an evaluation does is seen by another.
 */
interface JavaScriptEngine {

  /**
   * The value of the code.
   *
   * @throws ExpressionException if it fails or passes its limits
   */
  Value evaluate(JavaScriptSource source, ExpressionContext context, List<String> expressionLib)
      throws ExpressionException;

  /** What keeps the code from being parsed, or null. Runs nothing. */
  @Nullable ExpressionException syntaxError(JavaScriptSource source);
}
