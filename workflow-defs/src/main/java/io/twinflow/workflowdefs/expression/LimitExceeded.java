package io.twinflow.workflowdefs.expression;

/**
 * An evaluation is stopped. An Error, because JavaScript's {@code catch} would hold an exception
 * back.
 */
final class LimitExceeded extends Error {

  private static final long serialVersionUID = 1L;

  LimitExceeded(String message) {
    super(message, null, false, false);
  }
}
