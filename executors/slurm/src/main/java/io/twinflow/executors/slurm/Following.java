package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The attempts whose end is not known, and what was seen of them until now. */
final class Following {

  private final Map<AttemptKey, Followed> open = new HashMap<>();
  private final Map<AttemptKey, TaskState> last = new HashMap<>();
  private final Set<AttemptKey> ran = new HashSet<>();
  private final Map<AttemptKey, Instant> overSince = new HashMap<>();
  private final Map<AttemptKey, String> defects = new HashMap<>();

  synchronized void add(List<Followed> more) {
    more.forEach(followed -> open.putIfAbsent(followed.attempt(), followed));
  }

  synchronized void remove(Followed followed) {
    open.remove(followed.attempt());
    last.remove(followed.attempt());
    ran.remove(followed.attempt());
    overSince.remove(followed.attempt());
    defects.remove(followed.attempt());
  }

  /** It could not be looked at, by a fault of ours; it is looked at again. */
  synchronized void isDefective(Followed followed, String words) {
    if (open.containsKey(followed.attempt())) {
      defects.put(followed.attempt(), words);
    }
  }

  /** It could be looked at. */
  synchronized void isWell(Followed followed) {
    defects.remove(followed.attempt());
  }

  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  synchronized List<Followed> all() {
    return new ArrayList<>(open.values());
  }

  synchronized Optional<Followed> of(AttemptKey attempt) {
    return Optional.ofNullable(open.get(attempt));
  }

  /** The indexes in these jobs of attempts whose end is not known. */
  synchronized Map<Long, Set<Integer>> openIn(Set<Long> jobs) {
    Map<Long, Set<Integer>> found = new HashMap<>();
    for (Followed followed : open.values()) {
      if (jobs.contains(followed.job())) {
        found.computeIfAbsent(followed.job(), job -> new HashSet<>()).add(followed.index());
      }
    }
    return found;
  }

  /**
   * Of an attempt that has not started, as far as is known.
   *
   * @param unasked why nothing newer is known; empty if it is
   */
  synchronized Optional<String> waitsFor(AttemptKey attempt, String unasked) {
    TaskState state = last.get(attempt);
    if (!open.containsKey(attempt) || state instanceof TaskState.Running) {
      return Optional.empty();
    }
    if (!unasked.isEmpty()) {
      return Optional.of(unasked);
    }
    if (defects.containsKey(attempt)) {
      return Optional.ofNullable(defects.get(attempt));
    }
    return state instanceof TaskState.Queued queued
        ? Optional.of(queued.reason())
        : Optional.empty();
  }

  /**
   * Whether it was seen to run, or not seen at all yet: a controller that was killed comes back
   * with what it had written down, and calls a job PENDING that runs or has ended.
   */
  synchronized boolean hasRun(Followed followed) {
    TaskState before = last.get(followed.attempt());
    if (before instanceof TaskState.Running) {
      ran.add(followed.attempt());
    }
    return before == null || ran.contains(followed.attempt());
  }

  /**
   * It waits or runs.
   *
   * @return whether that is news
   */
  synchronized boolean goesOn(Followed followed, TaskState state) {
    if (!open.containsKey(followed.attempt())) {
      return false;
    }
    overSince.remove(followed.attempt());
    return !state.equals(last.put(followed.attempt(), state));
  }

  /** Whether its job has been over for longer than that. */
  synchronized boolean isOverFor(Followed followed, Duration limit, Instant now) {
    return overSince.computeIfAbsent(followed.attempt(), a -> now).plus(limit).isBefore(now);
  }
}
