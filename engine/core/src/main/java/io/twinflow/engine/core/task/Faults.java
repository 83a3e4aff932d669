package io.twinflow.engine.core.task;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.expression.ExpressionException;
import java.io.IOException;

/** Makes the failures of this package. */
final class Faults {

  private Faults() {}

  static FailureException user(String code, String message) {
    return new FailureException(new Failure(FailureKind.USER, code, message));
  }

  static FailureException task(String code, String message) {
    return new FailureException(new Failure(FailureKind.TASK, code, message));
  }

  static FailureException expression(ExpressionException e) {
    String message = e.getMessage() == null ? "the expression failed" : e.getMessage();
    return new FailureException(
        new Failure(FailureKind.USER, "expression", e.position() + ": " + message), e);
  }

  static FailureException io(String code, String what, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.toString();
    return new FailureException(
        new Failure(FailureKind.INFRASTRUCTURE, code, what + ": " + reason), e);
  }
}
