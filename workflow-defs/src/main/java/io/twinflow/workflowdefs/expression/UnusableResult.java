package io.twinflow.workflowdefs.expression;

/** What an expression returned is no CWL value. */
final class UnusableResult extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableResult(String message) {
    super(message, null, false, false);
  }
}
