package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunState;

/** The states of a run as everybody sees them; written in lower case. */
public enum PublicState {
  /** Accepted and durable; no engine has taken it up yet. */
  QUEUED,
  RUNNING,
  PAUSED,
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /**
   * @param epoch of the last owner; 0 if there never was one
   */
  public static PublicState of(RunState state, long epoch) {
    return switch (state) {
      case RUNNING -> epoch == 0 ? QUEUED : RUNNING;
      case PAUSED -> PAUSED;
      case CANCELLING -> CANCELLING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
    };
  }

  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
