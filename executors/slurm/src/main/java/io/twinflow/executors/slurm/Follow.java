package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.support.Observations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Asks for all jobs at once, at most one time in each interval, while something is followed. */
final class Follow implements AutoCloseable {

  /** What Slurm is asked. */
  @FunctionalInterface
  interface Jobs {
    JobList now() throws SiteException;
  }

  private static final Logger LOG = System.getLogger(Follow.class.getName());

  private final String site;
  private final Jobs jobs;
  private final Following following;
  private final Look look;
  private final Observations observations;
  private final Duration interval;
  private final Trouble trouble = new Trouble();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition turn = lock.newCondition();
  private boolean closed;

  /**
   * @param site for people
   */
  Follow(
      String site,
      Jobs jobs,
      Following following,
      Look look,
      Observations observations,
      Duration interval) {
    this.site = site;
    this.jobs = jobs;
    this.following = following;
    this.look = look;
    this.observations = observations;
    this.interval = interval;
    Thread.ofVirtual().name("slurm-jobs").start(this::again);
  }

  void add(List<Followed> more) {
    following.add(more);
    lock.lock();
    try {
      // Whoever waits for its turn is left alone: that is each submission's cost.
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** In Slurm's words; as long as it cannot be asked, that is the reason. */
  Optional<String> waitsFor(AttemptKey attempt) {
    return following.waitsFor(attempt, trouble.words());
  }

  /** What kept Slurm from answering last time; told once. */
  void throwTrouble() throws SiteException {
    trouble.tell();
  }

  private void again() {
    try {
      while (awaitWork()) {
        ask();
        awaitTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (following.isEmpty() && !closed) {
        work.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn() throws InterruptedException {
    lock.lock();
    try {
      long left = interval.toNanos();
      while (!closed && left > 0) {
        left = turn.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void ask() {
    List<Followed> asked = following.all();
    try {
      JobList list = jobs.now();
      trouble.isOver();
      look.at(asked, list);
      look.atHistory();
    } catch (SiteException e) {
      trouble.is(e);
      observations.lookAgain();
    } catch (RuntimeException e) {
      // Who follows goes on: what is odd now may be well at the next look.
      LOG.log(Level.ERROR, "the jobs of site " + site + " cannot be followed now", e);
      trouble.is(defect(e));
      observations.lookAgain();
    }
  }

  private SiteException defect(RuntimeException e) {
    return new SiteException(
        SiteException.Certainty.NOTHING_HAPPENED,
        FailureKind.INFRASTRUCTURE,
        "site %s: its answer about jobs cannot be made sense of, by a defect of Twinflow: %s"
            .formatted(site, e),
        e);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      turn.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
