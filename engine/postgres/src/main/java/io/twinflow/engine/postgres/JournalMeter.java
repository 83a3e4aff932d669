package io.twinflow.engine.postgres;

import java.time.Duration;

/**
 * Hears how the journal is written, for metrics. Called by the threads that write it: returns at
 * once and throws nothing.
 */
public interface JournalMeter {

  /** Hears and forgets. */
  JournalMeter NONE = new JournalMeter() {};

  /**
   * A transaction of appends is durable.
   *
   * @param appends how many it carried, of whatever runs
   * @param took from its first statement to its commit, other tries included
   */
  default void committed(int appends, Duration took) {}

  /**
   * The fate of an append is known.
   *
   * @param waited since the run asked for it
   */
  default void answered(Duration waited) {}

  /** This engine owns a run more. */
  default void claimed() {}

  /**
   * The heartbeat is in the database.
   *
   * @param took from its try to its commit
   */
  default void beaten(Duration took) {}

  /** The lease ran out before the heartbeat came through: others may have taken the runs over. */
  default void leaseLost() {}
}
