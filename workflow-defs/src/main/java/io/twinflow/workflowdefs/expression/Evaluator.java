package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;

/**
 * Evaluates expressions: a pure function of text and context, bounded in time and memory. Safe for
 * use by many threads at once.
 */
public interface Evaluator {

  /**
   * The value of the text. Text that is one expression has the expression's value; expressions
   * within text are put into it as strings, as CWL v1.2, "Parameter references", says.
   *
   * @throws ExpressionException if the text cannot be evaluated; the message names position and
   *     expression
   */
  Value evaluate(ExpressionText text, ExpressionContext context) throws ExpressionException;

  /**
   * The same for text whose white space at either end counts (Dirent's {@code entry}, CWL v1.2,
   * "InitialWorkDirRequirement"): with white space around it, an expression is put in as a string.
   */
  default Value evaluateKeepingSpace(ExpressionText text, ExpressionContext context)
      throws ExpressionException {
    Value value = evaluate(text, context);
    String whole = text.text();
    String stripped = whole.strip();
    if (!text.needsEvaluation() || whole.length() == stripped.length()) {
      return value;
    }
    int start = whole.indexOf(stripped);
    return new StringValue(
        whole.substring(0, start)
            + JsonText.interpolated(value)
            + whole.substring(start + stripped.length()));
  }

  /** Whether an evaluation may wait for another process, as one by a virtual thread should. */
  default boolean waits() {
    return false;
  }
}
