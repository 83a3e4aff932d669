package io.twinflow.executors.api;

import java.time.Duration;

/** What an attempt had too little of, where its tool may do well with more. */
public sealed interface Shortage {

  /** Of memory: it had what it had asked for. */
  record Memory() implements Shortage {}

  /**
   * Of time, by a limit that is the site's: no limit that the tool was given.
   *
   * @param had of wall time
   */
  record Time(Duration had) implements Shortage {}
}
