package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port behind which JavaScript is run, in this process or another. Safe for use by many threads
 * at once; nothing an evaluation does is seen by another.
 */
public interface JavaScriptEngine {

  /**
   * The value of the code.
   *
   * @param libraries run before it, in the same scope
   * @throws ExpressionException if it fails or passes its limits
   */
  Value evaluate(
      JavaScriptSource source, List<JavaScriptSource> libraries, ExpressionContext context)
      throws ExpressionException;

  /** What keeps the code from being parsed, or null. Runs nothing, and always in this process. */
  @Nullable ExpressionException syntaxError(JavaScriptSource source);

  /**
   * Whether an evaluation waits for something else, so that it is best called by a virtual thread.
   */
  default boolean waits() {
    return false;
  }
}
