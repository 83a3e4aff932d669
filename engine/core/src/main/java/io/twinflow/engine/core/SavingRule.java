package io.twinflow.engine.core;

import java.time.Duration;

/**
 * When the fold of a run is saved. A saved fold costs a moment of a processor and less space than a
 * tenth of the journal; without it, whoever takes the run up reads all events, some 300,000 a
 * second in a server that is warm and half of that in one that has just begun.
 *
 * @param leastEvents a shorter journal is read, and not looked for a saved fold of
 * @param afterBytes so many bytes of events after the fold that was saved last, the next is
 * @param slow if it took longer to take a run up, its fold is saved at once
 */
public record SavingRule(long leastEvents, long afterBytes, Duration slow) {

  /** About half a second of reading. */
  public static final SavingRule DEFAULT = new SavingRule(200, 32L << 20, Duration.ofMillis(500));
}
