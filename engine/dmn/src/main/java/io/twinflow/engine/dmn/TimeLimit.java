package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.Impossible;
import java.time.Duration;

/** Each expression is bounded; a table may have very many of them. */
final class TimeLimit {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final long began = System.nanoTime();

  void check() throws Impossible {
    if (System.nanoTime() - began > LONGEST.toNanos()) {
      throw new Impossible(
          "the decision takes longer than %d s. Write fewer rules, or simpler ones"
              .formatted(LONGEST.toSeconds()));
    }
  }
}
