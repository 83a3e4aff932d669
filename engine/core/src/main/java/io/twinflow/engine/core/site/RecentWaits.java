package io.twinflow.engine.core.site;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How long attempts waited at a site from submission to start, of the last ones. Thread-safe. */
public final class RecentWaits {

  private static final int KEPT = 51;

  private final Deque<Duration> waits = new ArrayDeque<>();

  /** An attempt has begun. */
  public synchronized void add(Duration waited) {
    waits.addLast(waited.isNegative() ? Duration.ZERO : waited);
    if (waits.size() > KEPT) {
      waits.removeFirst();
    }
  }

  /** Empty if none has begun yet. */
  public synchronized Optional<Duration> median() {
    return waits.stream().sorted().skip(waits.size() / 2).findFirst();
  }
}
