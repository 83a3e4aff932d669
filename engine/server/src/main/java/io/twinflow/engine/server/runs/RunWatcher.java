package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import java.time.Instant;

/**
 * Hears what happens in the runs that this server carries, after it was committed. Called by each
 * run's thread: returns at once.
 */
public interface RunWatcher {

  /** An event of a run; all of its earlier ones too, when this server takes it up. */
  default void happened(Envelope envelope) {}

  /** The run has ended, or is no longer carried here. */
  default void left(RunId run) {}

  /**
   * A run was made by this server, on the thread of the call that asked for it.
   *
   * @param received when the submission had arrived
   */
  default void submitted(RunId run, Instant received) {}
}
