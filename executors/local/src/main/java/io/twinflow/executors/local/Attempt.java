package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt while it is here: waits, runs, or is being stopped. */
final class Attempt {

  /** Why an attempt is ended from outside. */
  enum Stop {
    CANCELLED,
    TIME_IS_UP,
    CLOSING
  }

  private final BatchKey batch;
  private final TaskSpec task;
  private final Instant queued;
  private @Nullable Stop stop;
  private @Nullable Runnable stopper;
  private @Nullable Thread preparing;
  private boolean over;

  Attempt(BatchKey batch, TaskSpec task, Instant queued) {
    this.batch = batch;
    this.task = task;
    this.queued = queued;
  }

  BatchKey batch() {
    return batch;
  }

  TaskSpec task() {
    return task;
  }

  AttemptKey key() {
    return task.attempt();
  }

  Instant queued() {
    return queued;
  }

  /** The first reason counts. Returns what has to be done now to stop it. */
  synchronized Optional<Runnable> stop(Stop reason) {
    if (over || stop != null) {
      return Optional.empty();
    }
    stop = reason;
    if (preparing != null) {
      preparing.interrupt();
    }
    return Optional.ofNullable(stopper);
  }

  synchronized Optional<Stop> stopped() {
    return Optional.ofNullable(stop);
  }

  /** From here on this thread puts inputs in place, and is interrupted when there is no need to. */
  synchronized void preparing() {
    preparing = Thread.currentThread();
    if (stop != null) {
      preparing.interrupt();
    }
  }

  /** Inputs are in place, or never will be: no interrupt comes any more, and none is left. */
  synchronized void prepared() {
    preparing = null;
    Thread.interrupted();
  }

  /** It runs now. Returns whether it had been stopped before, and must be at once. */
  synchronized boolean running(Runnable howToStop) {
    stopper = howToStop;
    return stop != null;
  }

  /** It ended; what comes after this changes nothing any more. */
  synchronized Optional<Stop> over() {
    over = true;
    stopper = null;
    return Optional.ofNullable(stop);
  }
}
