package io.twinflow.engine.bpmn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a process stands.
 *
 * @param process its id in the document
 * @param reason why it was cancelled or has failed; null otherwise
 */
public record ProcessState(
    String instance,
    String process,
    Phase phase,
    Instant started,
    @Nullable Instant ended,
    @Nullable String reason) {

  /** The states of a run that a process can be in. */
  public enum Phase {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }
}
