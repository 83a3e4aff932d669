package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.cwl.ExpressionText;
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
}
