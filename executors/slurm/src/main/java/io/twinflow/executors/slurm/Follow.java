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

  /** The script gives a tool 25 s to end by itself, and what it left a second. */
  private static final Duration LATE_STOP = LATE_RESULT.plusSeconds(26);

  private static final int ROUNDS_TO_A_LOOK = 4;

  /** What Slurm is asked. */
  @FunctionalInterface
  interface Jobs {
    JobList now() throws SiteException;
  }

  private final Jobs jobs;
  private final History history;
  private final Verdict verdict;
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
  private String unasked = "";

  /** Of the one thread that looks, as what follows. */
  private long rounds;

  private final List<Followed> forgotten = new ArrayList<>();

  /**
   * @param leftover is told of attempts that have ended while Slurm still has their job to start
   */
  Follow(
      Jobs jobs,
      History history,
      Verdict verdict,
      Consumer<Followed> leftover,
      Observations observations,
      Clock clock,
      Duration interval) {
    this.jobs = jobs;
    this.history = history;
    this.verdict = verdict;
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

  /** The indexes in these jobs of attempts whose end is not known. */
  Map<Long, Set<Integer>> openIn(Set<Long> jobs) {
    Map<Long, Set<Integer>> found = new HashMap<>();
    lock.lock();
    try {
      for (Followed followed : open.values()) {
        if (jobs.contains(followed.job())) {
          found.computeIfAbsent(followed.job(), job -> new HashSet<>()).add(followed.index());
        }
      }
    } finally {
      lock.unlock();
    }
    return found;
  }

  /** In Slurm's words; as long as it cannot be asked, that is the reason. */
  Optional<String> waitsFor(AttemptKey attempt) {
    lock.lock();
    try {
      if (!open.containsKey(attempt) || last.get(attempt) instanceof TaskState.Running) {
        return Optional.empty();
      }
      if (!unasked.isEmpty()) {
        return Optional.of(unasked);
      }
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
    askHistory();
  }

  /** A history that cannot be asked is asked again: unknown is not lost. */
  private void askHistory() {
    if (forgotten.isEmpty()) {
      return;
    }
    List<Followed> asked = List.copyOf(forgotten);
    forgotten.clear();
    try {
      Map<String, String> states = history.states(asked);
      for (Followed followed : asked) {
        end(followed, verdict.withoutResult(followed, states.getOrDefault(followed.siteId(), "")));
      }
    } catch (SiteException e) {
      setTrouble(e);
    } catch (IOException e) {
      setTrouble(
          new SiteException(
              SiteException.Certainty.NOTHING_HAPPENED,
              FailureKind.INFRASTRUCTURE,
              "the record of completed jobs cannot be read: " + e.getMessage(),
              e));
    }
  }

  private void setTrouble(@Nullable SiteException e) {
    lock.lock();
    try {
      trouble = e;
      unasked = e == null ? "" : "its state is not known now: " + e.getMessage();
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
      if (result.isEmpty() || (!waits && Verdict.wasStopped(result.get()))) {
        // It goes on, or Slurm is about to say why it was stopped.
        return;
      }
      end(
          followed,
          Verdict.wasStopped(result.get())
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
      if (result.isPresent() && !Verdict.saysLessThan(state, result.get())) {
        end(followed, new TaskState.Ended(result.get()));
      } else if (revoked.isPresent()) {
        end(followed, verdict.neverStarted(followed, revoked.get()));
      } else if (Ends.kind(state).isPresent()) {
        if (result.isPresent() || !mayBeStopping(followed, state)) {
          end(followed, verdict.withoutResult(followed, state));
        }
      } else if (isLate(followed, LATE_RESULT)) {
        if (state.isEmpty() && history.isKept()) {
          forgotten.add(followed);
        } else {
          end(followed, verdict.withoutResult(followed, state));
        }
      }
    } catch (IOException e) {
      end(followed, new TaskState.Lost("its result cannot be read: " + e.getMessage()));
    }
  }

  /** Slurm calls a job cancelled when it has told it; the script ends what is left, and says so. */
  private boolean mayBeStopping(Followed followed, String state) {
    return state.equals("CANCELLED")
        && followed.folder().isClaimed()
        && !isLate(followed, LATE_STOP);
  }

  private boolean isLate(Followed followed, Duration limit) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Instant since = overSince.computeIfAbsent(followed.attempt(), a -> now);
      return since.plus(limit).isBefore(now);
    } finally {
      lock.unlock();
    }
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
