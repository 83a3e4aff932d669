package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.server.runs.PublicState;
import java.util.Optional;

/**
 * The states of WES 1.1, section "State", that a run here can be in. PREEMPTED is none of them:
 * work that a site takes back is tried again, and a run that fails of it in the end is a
 * SYSTEM_ERROR; nor is UNKNOWN, as every state is in the journal.
 */
enum WesState {
  QUEUED,
  RUNNING,
  PAUSED,
  COMPLETE,
  /** A tool failed, or the workflow itself is at fault. */
  EXECUTOR_ERROR,
  /** What the tool needed was not there: memory, disk, time, a node, the network. */
  SYSTEM_ERROR,
  CANCELED,
  CANCELING;

  /**
   * @param failure of a failed run
   */
  static WesState of(PublicState state, Optional<Failure> failure) {
    return switch (state) {
      case QUEUED -> QUEUED;
      case RUNNING -> RUNNING;
      case PAUSED -> PAUSED;
      case CANCELLING -> CANCELING;
      case SUCCEEDED -> COMPLETE;
      case CANCELLED -> CANCELED;
      case FAILED -> failure.map(WesState::ofFailure).orElse(EXECUTOR_ERROR);
    };
  }

  private static WesState ofFailure(Failure failure) {
    return switch (failure.kind()) {
      case TASK, USER, CANCELLED -> EXECUTOR_ERROR;
      case RESOURCES, INFRASTRUCTURE, INTERNAL -> SYSTEM_ERROR;
    };
  }
}
