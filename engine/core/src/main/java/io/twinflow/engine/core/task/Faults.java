package io.twinflow.engine.core.task;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.expression.ExpressionException;
import java.io.IOException;
import java.nio.file.FileSystemException;

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
    return new FailureException(
        new Failure(FailureKind.INFRASTRUCTURE, code, what + ": " + reason(e)), e);
  }

  /** In words: a file system's exceptions carry little but the path in their message. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return e.getMessage() == null || e instanceof FileSystemException
        ? e.getClass().getSimpleName()
        : e.getMessage();
  }
}
