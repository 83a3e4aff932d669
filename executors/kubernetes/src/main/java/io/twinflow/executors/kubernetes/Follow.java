package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes states of attempts out of what is told of Jobs and pods. Nothing here asks anybody. */
final class Follow {

  private static final Logger LOG = System.getLogger(Follow.class.getName());

  /** A result may become visible on the shared folder later than Kubernetes knows of the end. */
  private static final Duration LATE_RESULT = Duration.ofSeconds(5);

  /** A Job that was just created may not have been told of yet. */
  private static final Duration LATE_NEWS = Duration.ofSeconds(15);

  /** So long after a pod was deleted, its node will not say any more that it has ended. */
  private static final Duration LOST_NODE = Duration.ofMinutes(10);

  /** What the watches know. */
  interface Known {

    /** Whether all is told of as it happens. */
    boolean hears();

    boolean hasJob(String name);
  }

  private final Observations observations;
  private final Consumer<String> leftover;
  private final Clock clock;
  private final Duration queueTimeout;
  private final Map<String, Followed> open = new HashMap<>();
  private final Map<String, JobState> states = new HashMap<>();
  private final Map<String, TaskState> last = new HashMap<>();
  private final Map<String, Instant> overSince = new HashMap<>();
  private final Map<String, Instant> leavingSince = new HashMap<>();
  private final Set<String> recorded = new HashSet<>();
  private final Set<String> cancelled = new HashSet<>();

  /**
   * @param leftover is told the names of Jobs that nobody waits for any more and that may still
   *     make a pod
   */
  Follow(Observations observations, Consumer<String> leftover, Clock clock, Duration queueTimeout) {
    this.observations = observations;
    this.leftover = leftover;
    this.clock = clock;
    this.queueTimeout = queueTimeout;
  }

  /**
   * @param hasRecord if it is over, whatever its pod may have to say about it
   */
  synchronized void add(Followed followed, boolean hasRecord) {
    open.putIfAbsent(followed.job(), followed);
    if (hasRecord) {
      recorded.add(followed.job());
    }
    if (followed.isCancelled()) {
      cancelled.add(followed.job());
    }
    look(followed.job());
  }

  synchronized Optional<Followed> of(AttemptKey attempt) {
    return Optional.ofNullable(open.get(attempt.value()));
  }

  synchronized boolean follows(String job) {
    return open.containsKey(job);
  }

  private JobState state(String job) {
    return states.computeIfAbsent(job, j -> new JobState());
  }

  synchronized void seen(PodView pod) {
    state(pod.job()).seen(pod);
    look(pod.job());
  }

  synchronized void gone(PodView pod) {
    state(pod.job()).gone(pod);
    look(pod.job());
    forget(pod.job());
  }

  synchronized void jobSeen(String job, boolean suspended, boolean finished) {
    state(job).exists(suspended, finished);
    look(job);
  }

  synchronized void jobGone(String job) {
    state(job).isMissing();
    look(job);
    forget(job);
  }

  /** In Kubernetes' words: why the pods of a Job are refused. */
  synchronized void refused(String job, String words) {
    if (!open.containsKey(job)) {
      return;
    }
    boolean waits = Refusal.isQuota(words) || !words.contains("is forbidden");
    FailureKind kind = words.contains("usage per") ? FailureKind.RESOURCES : FailureKind.USER;
    state(job).refused(words, waits ? null : new Why(kind, words));
    look(job);
  }

  private void forget(String job) {
    if (!open.containsKey(job)) {
      states.remove(job);
    }
  }

  /** In Kubernetes' words. */
  synchronized Optional<String> waitsFor(AttemptKey attempt) {
    return last.get(attempt.value()) instanceof TaskState.Queued queued
        ? Optional.of(queued.reason())
        : Optional.empty();
  }

  private void look(String job) {
    Followed followed = open.get(job);
    if (followed == null) {
      return;
    }
    JobState state = state(job);
    if (state.isOver()) {
      over(followed, state);
      return;
    }
    overSince.remove(job);
    Why never = state.neverStarts();
    Optional<PodView> pod = state.lives();
    if (pod.isPresent() && pod.get().stage() == Stage.RUNS) {
      Instant since = pod.get().started();
      tell(
          followed,
          new TaskState.Running(since == null ? followed.queued() : since, pod.get().node()));
    } else if (never != null) {
      giveUp(followed, new Why(never.kind(), "Job " + followed.siteId() + ": " + never.words()));
    } else if (!recorded.contains(job)) {
      String words = state.words();
      tell(
          followed,
          new TaskState.Queued(
              words.isEmpty() ? "waits at Kubernetes" : "waits at Kubernetes: " + words));
    }
  }

  private void over(Followed followed, JobState state) {
    Instant now = clock.instant();
    Instant since = overSince.computeIfAbsent(followed.job(), j -> now);
    PodView pod = state.last();
    Instant latest = since.plus(pod == null ? LATE_NEWS : LATE_RESULT);
    if (pod == null && !latest.isBefore(now)) {
      // One that may know more is perhaps about to be told of.
      return;
    }
    Ending.of(followed, pod, since, latest, now).ifPresent(end -> ended(followed, end));
  }

  private void ended(Followed followed, TaskState end) {
    end(followed, end);
    if (end instanceof TaskState.Lost) {
      leftover.accept(followed.job());
    }
  }

  /** Ends an attempt that has not started, unless it just does. */
  private void giveUp(Followed followed, Why why) {
    try {
      AttemptKey attempt = followed.attempt();
      if (!followed.ground().revoke(attempt, Revocation.GIVEN_UP)) {
        return;
      }
      Instant now = clock.instant();
      followed.ground().fail(attempt, new AttemptFailure(why.kind(), why.words()), now);
      end(followed, Ending.failed(followed, why, now));
      leftover.accept(followed.job());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be given up: {1}", followed.attempt(), e.getMessage());
    }
  }

  /** Told by nobody: what is late, what waits for too long, and what has vanished. */
  synchronized void tick(Known known) {
    Instant now = clock.instant();
    for (Followed followed : List.copyOf(open.values())) {
      boolean told = followed.since().plus(LATE_NEWS).isBefore(now);
      boolean hears = known.hears();
      if (told && hears && (!known.hasJob(followed.job()) || recorded.contains(followed.job()))) {
        state(followed.job()).isMissing();
      }
      if (!hears) {
        // A pod may run of which nobody could tell.
        overSince.remove(followed.job());
      } else if (state(followed.job()).isOver()) {
        look(followed.job());
      } else if (isLeft(followed, now)) {
        end(
            followed,
            new TaskState.Lost(
                "Job %s had its pod deleted, and the node does not say that it has ended"
                    .formatted(followed.siteId())));
        leftover.accept(followed.job());
      } else if (isToEnd(followed)) {
        endByRecord(followed, now);
      } else if (last.get(followed.job()) instanceof TaskState.Queued queued
          && followed.queued().plus(queueTimeout).isBefore(now)) {
        giveUp(
            followed,
            new Why(
                FailureKind.INFRASTRUCTURE,
                "Job %s did not start within %s; it %s"
                    .formatted(followed.siteId(), queueTimeout, queued.reason())));
      }
    }
  }

  /** Somebody has cancelled it or deleted its pod. */
  private boolean isToEnd(Followed followed) {
    return cancelled.contains(followed.job())
        || state(followed.job()).lives().map(PodView::leaving).orElse(false);
  }

  private boolean isLeft(Followed followed, Instant now) {
    boolean leaving = state(followed.job()).lives().map(PodView::leaving).orElse(false);
    if (!leaving) {
      leavingSince.remove(followed.job());
      return false;
    }
    Instant since = leavingSince.computeIfAbsent(followed.job(), j -> now);
    return since.plus(LOST_NODE).isBefore(now);
  }

  synchronized void cancelled(Followed followed) {
    cancelled.add(followed.job());
  }

  /** A node may need a minute to say that a pod is gone; the record says it before. */
  private void endByRecord(Followed followed, Instant now) {
    PodView pod = state(followed.job()).lives().orElse(null);
    try {
      if (followed.look().result().isPresent()) {
        Ending.of(followed, pod, now, now, now).ifPresent(end -> ended(followed, end));
      }
    } catch (IOException e) {
      LOG.log(Level.INFO, "the record of {0} cannot be read: {1}", followed.attempt(), e);
    }
  }

  /** Attempts that were kept from starting need not wait for the end of their pod. */
  synchronized void neverStarted(Followed followed, Why why) {
    if (open.containsKey(followed.job())) {
      end(followed, Ending.failed(followed, why, clock.instant()));
    }
  }

  private void tell(Followed followed, TaskState state) {
    if (!state.equals(last.put(followed.job(), state))) {
      observations.tell(followed.batch(), followed.attempt(), state);
    }
  }

  private void end(Followed followed, TaskState state) {
    open.remove(followed.job());
    last.remove(followed.job());
    overSince.remove(followed.job());
    recorded.remove(followed.job());
    leavingSince.remove(followed.job());
    cancelled.remove(followed.job());
    observations.tell(followed.batch(), followed.attempt(), state);
  }

  /** Of which no pod lives any more, or none is to: their records are awaited. */
  synchronized List<Followed> awaitingEnds() {
    return open.values().stream().filter(one -> state(one.job()).isOver() || isToEnd(one)).toList();
  }

  /** The names of all that is followed. */
  synchronized List<String> all() {
    return new ArrayList<>(open.keySet());
  }
}
