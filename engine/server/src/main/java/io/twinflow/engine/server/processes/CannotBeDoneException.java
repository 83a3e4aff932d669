package io.twinflow.engine.server.processes;

import io.twinflow.executors.api.FailureKind;

/** What a process asks for, and will not get however often it is tried. */
final class CannotBeDoneException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  CannotBeDoneException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }
}
