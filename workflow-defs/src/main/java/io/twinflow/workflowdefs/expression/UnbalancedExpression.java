package io.twinflow.workflowdefs.expression;

/** An expression that begins and never ends. */
final class UnbalancedExpression extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the dollar that begins it, in characters from the start of the text
   */
  UnbalancedExpression(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
