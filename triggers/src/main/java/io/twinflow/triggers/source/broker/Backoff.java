package io.twinflow.triggers.source.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long each time, up to a bound. */
public final class Backoff {

  static final Duration FIRST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** Up to a fifth less by chance, so that not all who lost a broker come back at once. */
  public Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now.minusMillis(ThreadLocalRandom.current().nextLong(now.toMillis() / 5));
  }

  public void reset() {
    next = FIRST;
  }
}
