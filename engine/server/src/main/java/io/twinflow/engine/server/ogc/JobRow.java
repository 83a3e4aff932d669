package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.runs.PublicState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as a job.
 *
 * @param process of a run that another interface started: the name of its workflow
 * @param started null while it waits in the queue
 */
record JobRow(
    String id,
    String process,
    PublicState state,
    boolean dismissed,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String failure) {

  /** {@code statusCode} of Part 1. */
  enum Status {
    ACCEPTED,
    RUNNING,
    SUCCESSFUL,
    FAILED,
    DISMISSED
  }

  Status status() {
    if (dismissed) {
      return Status.DISMISSED;
    }
    return switch (state) {
      case QUEUED -> Status.ACCEPTED;
      case RUNNING, PAUSED, CANCELLING -> Status.RUNNING;
      case SUCCEEDED -> Status.SUCCESSFUL;
      case FAILED -> Status.FAILED;
      case CANCELLED -> Status.DISMISSED;
    };
  }
}
