package io.twinflow.executors.bundle;

import io.twinflow.executors.api.FailureKind;

/** An attempt cannot go on; the reason is for people. */
public final class AttemptFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  public AttemptFailure(FailureKind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  public AttemptFailure(FailureKind kind, String reason, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
  }

  public FailureKind kind() {
    return kind;
  }
}
