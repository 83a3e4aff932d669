package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.Value;

/** What became of a parameter reference. */
sealed interface Resolution {

  /** It leads to a value. */
  record Found(Value value) implements Resolution {}

  /**
   * It leads nowhere.
   *
   * @param message what is not there, and what is
   * @param undefinedInJavaScript whether JavaScript would say undefined, rather than fail or find
   *     something of its own
   */
  record Missing(String message, boolean undefinedInJavaScript) implements Resolution {}
}
