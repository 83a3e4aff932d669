package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for all jobs at once, at most one time in each interval, and tells what has changed. */
final class Follow implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Follow.class.getName());

  /** A result may become visible on the shared folder later than Slurm knows of the end. */
  private static final Duration LATE_RESULT = Duration.ofSeconds(10);

  private static final int ROUNDS_TO_A_LOOK = 4;

  /** What Slurm is asked. */
  @FunctionalInterface
  interface Jobs {
    JobList now() throws SiteException;
  }

  private final Jobs jobs;
  private final Consumer<Followed> leftover;
  private final Observations observations;
  private final Clock clock;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<AttemptKey, Followed> open = new HashMap<>();
  private final Map<AttemptKey, TaskState> last = new HashMap<>();
  private final Set<AttemptKey> ran = new HashSet<>();
  private final Map<AttemptKey, Instant> overSince = new HashMap<>();
  private @Nullable SiteException trouble;
  private boolean closed;

  /** Of the one thread that looks. */
  private long rounds;

  /**
   * @param leftover is told of attempts that have ended while Slurm still has their job to start
   */
  Follow(
      Jobs jobs,
      Consumer<Followed> leftover,
      Observations observations,
      Clock clock,
      Duration interval) {
    this.jobs = jobs;
    this.leftover = leftover;
    this.observations = observations;
    this.clock = clock;
    this.interval = interval;
    Thread.ofVirtual().name("slurm-jobs").start(this::again);
  }

  void add(List<Followed> more) {
    lock.lock();
    try {
      more.forEach(followed -> open.putIfAbsent(followed.attempt(), followed));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<Followed> of(AttemptKey attempt) {
    lock.lock();
    try {
      return Optional.ofNullable(open.get(attempt));
    } finally {
      lock.unlock();
    }
  }

  /** In Slurm's words. */
  Optional<String> waitsFor(AttemptKey attempt) {
    lock.lock();
    try {
      return last.get(attempt) instanceof TaskState.Queued queued
          ? Optional.of(queued.reason())
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** What kept Slurm from answering last time; told once. */
  void throwTrouble() throws SiteException {
    lock.lock();
    try {
      SiteException told = trouble;
      trouble = null;
      if (told != null) {
        throw told;
      }
    } finally {
      lock.unlock();
    }
  }

  private void again() {
    try {
      while (awaitWork()) {
        look();
        lock.lock();
        try {
          long left = interval.toNanos();
          while (!closed && left > 0) {
            left = changed.awaitNanos(left);
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (open.isEmpty() && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private List<Followed> all() {
    lock.lock();
    try {
      return new ArrayList<>(open.values());
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    rounds++;
    List<Followed> asked = all();
    JobList list;
    try {
      list = jobs.now();
    } catch (SiteException e) {
      setTrouble(e);
      return;
    }
    setTrouble(null);
    for (Followed followed : asked) {
      look(followed, list.of(followed.comment(), followed.index()));
    }
  }

  private void setTrouble(@Nullable SiteException e) {
    lock.lock();
    try {
      trouble = e;
    } finally {
      lock.unlock();
    }
    if (e != null) {
      observations.lookAgain();
    }
  }

  private void look(Followed followed, Optional<Job> job) {
    String state = job.map(Job::state).orElse("");
    if (Ends.waits(state) ? hasRun(followed) : Ends.runs(state) && isTurn(followed)) {
      endedUnseen(followed, state);
    }
    if (Ends.waits(state)) {
      String reason = job.map(Job::reason).orElse("");
      goesOn(
          followed,
          new TaskState.Queued(reason.isEmpty() ? "waits at Slurm" : "waits at Slurm: " + reason));
    } else if (Ends.runs(state)) {
      Instant since = job.map(Job::started).orElse(followed.queued());
      goesOn(followed, new TaskState.Running(since, job.map(Job::host).orElse("")));
    } else {
      ended(followed, state);
    }
  }

  /**
   * Whether it was seen to run, or not seen at all yet: a controller that was killed comes back
   * with what it had written down, and calls a job PENDING that runs or has ended.
   */
  private boolean hasRun(Followed followed) {
    lock.lock();
    try {
      TaskState before = last.get(followed.attempt());
      if (before instanceof TaskState.Running) {
        ran.add(followed.attempt());
      }
      return before == null || ran.contains(followed.attempt());
    } finally {
      lock.unlock();
    }
  }

  /**
   * A job of which the controller missed the end runs for ever, as it says; but a look into each
   * folder at each interval would be much for a shared file system.
   */
  private boolean isTurn(Followed followed) {
    return (rounds + followed.attempt().task()) % ROUNDS_TO_A_LOOK == 0;
  }

  private void endedUnseen(Followed followed, String state) {
    try {
      Optional<TaskResult> result = ResultRecord.read(followed.folder(), followed.queued());
      boolean waits = Ends.waits(state);
      if (result.isEmpty() || (!waits && wasStopped(result.get().outcome()))) {
        // It goes on, or Slurm is about to say why it was stopped.
        return;
      }
      end(
          followed,
          wasStopped(result.get().outcome())
              ? new TaskState.Lost(
                  "Slurm stopped job %s and calls it %s again".formatted(followed.siteId(), state))
              : new TaskState.Ended(result.get()));
      if (waits) {
        leftover.accept(followed);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the result of {0} cannot be read: {1}", followed.attempt(), e);
    }
  }

  private void goesOn(Followed followed, TaskState state) {
    boolean news;
    lock.lock();
    try {
      if (!open.containsKey(followed.attempt())) {
        return;
      }
      overSince.remove(followed.attempt());
      news = !state.equals(last.put(followed.attempt(), state));
    } finally {
      lock.unlock();
    }
    if (news) {
      tell(followed, state);
    }
  }

  private void ended(Followed followed, String state) {
    try {
      Optional<TaskResult> result = ResultRecord.read(followed.folder(), followed.queued());
      Optional<BundleFolder.Revocation> revoked = followed.folder().revocation();
      if (result.isPresent() && !(Ends.isForced(state) && wasStopped(result.get().outcome()))) {
        end(followed, new TaskState.Ended(result.get()));
      } else if (revoked.isPresent()) {
        end(followed, neverStarted(followed, revoked.get()));
      } else if (Ends.kind(state).isPresent() || isLate(followed)) {
        end(followed, withoutResult(followed, state));
      }
    } catch (IOException e) {
      end(followed, new TaskState.Lost("its result cannot be read: " + e.getMessage()));
    }
  }

  /** By SIGTERM or SIGKILL, as far as a shell can tell. */
  private static boolean wasStopped(TaskResult.Outcome outcome) {
    return switch (outcome) {
      case TaskResult.Outcome.Exited exited ->
          exited.code() == 128 + 15 || exited.code() == 128 + 9;
      case TaskResult.Outcome.Failed failed -> failed.kind() == FailureKind.CANCELLED;
    };
  }

  private boolean isLate(Followed followed) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Instant since = overSince.computeIfAbsent(followed.attempt(), a -> now);
      return since.plus(LATE_RESULT).isBefore(now);
    } finally {
      lock.unlock();
    }
  }

  private TaskState neverStarted(Followed followed, BundleFolder.Revocation why) {
    return switch (why) {
      case CANCELLED -> failed(followed, FailureKind.CANCELLED, "cancelled before it started");
      case GIVEN_UP -> new TaskState.Lost("it was given up before it started");
    };
  }

  private TaskState withoutResult(Followed followed, String state) {
    Optional<FailureKind> kind = Ends.kind(state);
    String job = "Slurm job " + followed.siteId();
    if (kind.isEmpty()) {
      return new TaskState.Lost(
          state.isEmpty()
              ? job + " is not known to Slurm any more, and left no result"
              : job + " ended as " + state + " and left no result");
    }
    return failed(
        followed,
        kind.get(),
        kind.get() == FailureKind.CANCELLED ? "cancelled" : job + " ended as " + state);
  }

  private TaskState failed(Followed followed, FailureKind kind, String reason) {
    return new TaskState.Ended(
        new TaskResult(
            new TaskResult.Outcome.Failed(kind, reason),
            new TaskResult.Usage("", followed.queued(), null, clock.instant(), null, null),
            followed.siteId(),
            null));
  }

  private void tell(Followed followed, TaskState state) {
    observations.tell(followed.batch(), followed.attempt(), state);
  }

  private void end(Followed followed, TaskState state) {
    lock.lock();
    try {
      open.remove(followed.attempt());
      last.remove(followed.attempt());
      ran.remove(followed.attempt());
      overSince.remove(followed.attempt());
    } finally {
      lock.unlock();
    }
    tell(followed, state);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
