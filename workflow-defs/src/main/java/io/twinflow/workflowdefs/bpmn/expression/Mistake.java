package io.twinflow.workflowdefs.bpmn.expression;

/** Text that is no expression. */
final class Mistake extends Exception {

  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset in characters from the start of the text
   */
  Mistake(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
