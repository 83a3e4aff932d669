package io.twinflow.engine.core;

import io.twinflow.engine.core.run.RunLoop;
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

  /** From now on the run can be asked for something, until the place is closed. */
  synchronized Place enter(RunId run) {
    Place place = new Place(run);
    places.put(run, place);
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
