package io.twinflow.engine.server.security;

import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts calls with wrong tokens or secrets by where they come from, and says how long each must
 * wait: the first few not at all, then twice as long each time. Tokens are too long to be guessed;
 * this keeps whoever tries from keeping the server busy, and tells the administrator.
 */
public final class FailedCalls {

  private static final Logger LOG = System.getLogger(FailedCalls.class.getName());
  private static final int FREE = 5;
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
  private static final int REMEMBERED = 10_000;
  private static final int BETWEEN_WORDS = 100;

  private record Failures(int count, long atNanos) {}

  private final AtomicLong all = new AtomicLong();
  private final Map<String, Failures> places =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Counts another one, and keeps its answer back: this costs a virtual thread and nothing else.
   */
  public void keepBack(String place) throws InterruptedIOException {
    try {
      Thread.sleep(another(place, System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }

  long count() {
    return all.get();
  }

  /** Another one; returns how long its answer is to be kept back. */
  Duration another(String place, long nowNanos) {
    all.incrementAndGet();
    int count;
    synchronized (places) {
      Failures before = places.get(place);
      boolean old = before == null || nowNanos - before.atNanos() > FORGOTTEN_AFTER.toNanos();
      count = old || before == null ? 1 : before.count() + 1;
      places.put(place, new Failures(count, nowNanos));
    }
    if (count == FREE + 1 || count % BETWEEN_WORDS == 0) {
      LOG.log(Level.WARNING, "{0} calls with wrong tokens or secrets from {1}", count, place);
    }
    return count <= FREE
        ? Duration.ZERO
        : STEP.multipliedBy(1L << Math.min(count - FREE - 1, MOST_DOUBLINGS));
  }
}
