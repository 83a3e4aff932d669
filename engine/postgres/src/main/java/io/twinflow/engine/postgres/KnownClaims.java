package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that this engine knows it owns, or is about to own, and those it may own without knowing
 * it: a claim whose answer was lost may have been made, and one that could not be given back is
 * still there. Safe for many threads.
 */
final class KnownClaims {

  /** Longer than a statement whose answer was lost can still be on its way. */
  private static final Duration DOUBT = Duration.ofMinutes(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Map<RunId, Integer> known = new ConcurrentHashMap<>();

  /** With the time when the doubt came up. */
  private final Map<RunId, Long> doubtful = new HashMap<>();

  private long looked;

  /** Before the database is asked. */
  void begin(RunId run) {
    known.merge(run, 1, Integer::sum);
  }

  /** After the run was given back, or not had. */
  void end(RunId run) {
    known.computeIfPresent(run, (same, times) -> times == 1 ? null : times - 1);
  }

  boolean has(RunId run) {
    return known.containsKey(run);
  }

  /** What became of a claim is not known. */
  synchronized void doubt(RunId run) {
    long now = System.nanoTime();
    if (doubtful.isEmpty()) {
      looked = now - BETWEEN_LOOKS.toNanos();
    }
    doubtful.put(run, now);
  }

  /** Of which the database is to be asked now, again and again while there can be news. */
  synchronized List<RunId> toLookAt() {
    long now = System.nanoTime();
    if (doubtful.isEmpty() || now - looked < BETWEEN_LOOKS.toNanos()) {
      return List.of();
    }
    looked = now;
    List<RunId> runs = List.copyOf(doubtful.keySet());
    doubtful.values().removeIf(since -> now - since > DOUBT.toNanos());
    return runs;
  }
}
