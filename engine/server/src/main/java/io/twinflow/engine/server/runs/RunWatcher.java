package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.OpenTask;
import java.time.Instant;
import java.util.Collection;

/**
 * Hears what happens in the runs that this server carries, after it was committed. Called by each
 * run's thread: returns at once.
 */
public interface RunWatcher {

  /**
   * This server carries the run from now on, which may have begun elsewhere.
   *
   * @param open the tasks that have not ended, valid during the call
   */
  default void takenUp(RunId run, Collection<OpenTask> open) {}

  /** An event of a run; not those of before it was taken up. */
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
