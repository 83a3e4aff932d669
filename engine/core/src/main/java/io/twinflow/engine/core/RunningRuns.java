package io.twinflow.engine.core;

import io.twinflow.engine.core.run.RunLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that execute in this process, and what is asked of them. What is asked while a run's
 * journal is still being read is kept until its loop is there. Safe for many threads.
 */
final class RunningRuns {

  private final Map<RunId, Place> places = new HashMap<>();
  private final List<Thread> executing = new ArrayList<>();
  private boolean closed;

  /** Ends what the present thread began. */
  interface Visit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * The present thread executes a run, until the visit is closed.
   *
   * @throws FailureException if no more runs are executed here
   */
  synchronized Visit begin(RunId run) throws FailureException {
    if (closed) {
      throw RunLoop.closed(run);
    }
    Thread thread = Thread.currentThread();
    executing.add(thread);
    return () -> end(thread);
  }

  private synchronized void end(Thread thread) {
    executing.remove(thread);
    notifyAll();
  }

  /** Stops all runs, and waits until their threads are gone, but not for the one that asks. */
  synchronized void stop(Duration atMost) {
    closed = true;
    places.values().forEach(place -> place.ask(RunLoop::stop));
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (executing.stream().anyMatch(thread -> !thread.equals(Thread.currentThread()))
          && System.nanoTime() < end) {
        wait(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on the run can be asked for something, until the place is closed. */
  synchronized Place enter(RunId run) {
    Place place = new Place(run);
    places.put(run, place);
    if (closed) {
      place.ask(RunLoop::stop);
    }
    return place;
  }

  /** Asks a run for something; false if it does not execute here. */
  synchronized boolean ask(RunId run, Consumer<RunLoop> question) {
    Place place = places.get(run);
    if (place == null) {
      return false;
    }
    place.ask(question);
    return true;
  }

  private synchronized void leave(RunId run) {
    places.remove(run);
  }

  /** Where one run executes. */
  final class Place implements AutoCloseable {

    private final RunId run;
    private final List<Consumer<RunLoop>> early = new ArrayList<>();
    private @Nullable RunLoop loop;

    private Place(RunId run) {
      this.run = run;
    }

    synchronized void holds(RunLoop newLoop) {
      loop = newLoop;
      early.forEach(question -> question.accept(newLoop));
      early.clear();
    }

    private synchronized void ask(Consumer<RunLoop> question) {
      if (loop == null) {
        early.add(question);
      } else {
        question.accept(loop);
      }
    }

    @Override
    public void close() {
      leave(run);
    }
  }
}
