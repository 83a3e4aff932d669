package io.twinflow.engine.core.view;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, folded from its events. Its size follows the plan and what is open, not the
 * number of shards. One thread tells it events, others may ask for {@link #snapshot}.
 */
public final class RunProgress implements Consumer<Envelope> {

  /** More than anyone reads. */
  public static final int MOST_FAILURES = 20;

  /**
   * @param running the attempt that runs; 0 if none does
   */
  private record OpenTask(Tally step, String address, int running) {
    OpenTask still() {
      return new OpenTask(step, address, 0);
    }
  }

  private final Tally root;
  private final Addresses addresses = new Addresses();
  private final Map<Long, Tally> scopes = new HashMap<>();
  private final Map<Long, OpenTask> tasks = new HashMap<>();
  private final List<TaskFailure> failures = new ArrayList<>();
  private final Tally all = Tally.root(Outline.UNKNOWN);

  private @Nullable RunId run;
  private Event.@Nullable RunCreated created;
  private @Nullable Instant createdAt;
  private @Nullable Instant lastEvent;
  private RunState state = RunState.RUNNING;
  private @Nullable Failure failure;
  private List<String> leftBehind = List.of();

  /**
   * @param outline of the plan; {@link Outline#UNKNOWN} shows only what has begun
   */
  public RunProgress(Outline outline) {
    root = Tally.root(outline);
    root.opened(true);
    scopes.put(0L, root);
  }

  @Override
  public synchronized void accept(Envelope envelope) {
    run = envelope.run();
    lastEvent = envelope.time();
    addresses.accept(envelope.event());
    fold(envelope.event(), envelope.time());
    addresses.forget(envelope.event());
  }

  private void fold(Event event, Instant at) {
    switch (event) {
      case Event.RunCreated e -> {
        created = e;
        createdAt = at;
      }
      case Event.StepScattered e -> step(e.scope(), e.step(), true).total += e.shards();
      case Event.InvocationSkipped e -> invocation(e.place()).skipped++;
      case Event.InvocationFailed e -> {
        Tally step = invocation(e.place());
        step.created++;
        step.failed++;
        failed(new TaskFailure(addresses.of(e.place()), 0, 0, e.failure(), null));
      }
      case Event.ScopeOpened e -> {
        Tally step = invocation(e.place());
        step.created++;
        step.running++;
        step.began(at);
        step.opened(true);
        scopes.put(e.scope(), step);
      }
      case Event.TaskCreated e -> {
        Tally step = invocation(e.place());
        step.created++;
        all.created++;
        tasks.put(e.task(), new OpenTask(step, addresses.of(e.place()), 0));
      }
      case Event.AttemptStarted e -> started(e.task(), e.attempt(), e.at());
      case Event.AttemptFailed e -> {
        OpenTask task = stop(e.task());
        if (task != null) {
          task.step().retries++;
          tasks.put(e.task(), task.still());
        }
      }
      case Event.AttemptLost e -> stopped(e.task(), e.attempt());
      case Event.AttemptDiscarded e -> stopped(e.task(), e.attempt());
      case Event.TaskSucceeded e -> succeeded(e, at);
      case Event.TaskFailed e -> {
        OpenTask task = stop(e.task());
        if (task != null) {
          task.step().failed++;
          task.step().ended(at);
          all.failed++;
          failed(
              new TaskFailure(task.address(), e.task(), e.attempt(), e.failure(), e.execution()));
        }
      }
      case Event.ScopeSucceeded e -> closed(e.scope(), true, at);
      case Event.ScopeFailed e -> closed(e.scope(), false, at);
      case Event.CancelRequested e -> state = RunState.CANCELLING;
      case Event.PauseRequested e -> state = RunState.PAUSED;
      case Event.PauseEnded e -> state = RunState.RUNNING;
      case Event.RunEnded e -> {
        state = e.state();
        failure = e.failure();
        leftBehind = e.leftBehind();
      }
      case Event.RunOwned e -> forgetStarts();
      case Event.LoopEnded e -> {}
      case Event.NoticeGiven e -> {}
      case Event.SubmissionIntended e -> {}
      case Event.SubmissionConfirmed e -> {}
    }
  }

  /** An attempt that does not run any more says nothing about a later one. */
  private void stopped(long number, int attempt) {
    OpenTask task = tasks.get(number);
    if (task != null && task.running() == attempt) {
      stop(number);
      tasks.put(number, task.still());
    }
  }

  private void started(long number, int attempt, Instant at) {
    OpenTask task = tasks.get(number);
    if (task != null && task.running() == 0) {
      task.step().running++;
      task.step().began(at);
      all.running++;
      tasks.put(number, new OpenTask(task.step(), task.address(), attempt));
    }
  }

  /** What a dead engine had running does not run any more. */
  private void forgetStarts() {
    tasks.replaceAll((number, task) -> {
      if (task.running() != 0) {
        task.step().running--;
        all.running--;
      }
      return task.still();
    });
  }

  private @Nullable OpenTask stop(long number) {
    OpenTask task = tasks.remove(number);
    if (task != null && task.running() != 0) {
      task.step().running--;
      all.running--;
    }
    return task;
  }

  private void succeeded(Event.TaskSucceeded event, Instant at) {
    OpenTask task = stop(event.task());
    if (task == null) {
      return;
    }
    Tally step = task.step();
    step.done++;
    step.began(at);
    step.ended(at);
    all.done++;
    switch (event.origin()) {
      case Event.Origin.Executed o -> step.measured(event.execution());
      case Event.Origin.Evaluated o -> {}
      case Event.Origin.Cached o -> {
        step.cached++;
        all.cached++;
      }
      case Event.Origin.Adopted o -> {
        step.adopted++;
        all.adopted++;
      }
    }
  }

  private void closed(long scope, boolean well, Instant at) {
    Tally step = scope == 0 ? null : scopes.remove(scope);
    if (step != null) {
      step.running--;
      step.ended(at);
      if (well) {
        step.done++;
      } else {
        step.failed++;
      }
    }
  }

  private void failed(TaskFailure found) {
    if (failures.size() < MOST_FAILURES) {
      failures.add(found);
    }
  }

  private Tally invocation(Place place) {
    Tally step = step(place.scope(), place.step(), place.shard() >= 0);
    if (place.iteration() > 0) {
      step.total++;
    }
    return step;
  }

  private Tally step(long scope, String name, boolean many) {
    return scopes.getOrDefault(scope, root).child(name, many);
  }

  /** How far it is now. */
  public synchronized RunSnapshot snapshot() {
    List<StepSnapshot> steps = new ArrayList<>();
    root.collect(steps);
    Event.RunCreated first = created;
    return new RunSnapshot(
        run,
        first == null ? "" : first.workflowName(),
        first == null ? "" : first.workflowVersion(),
        first == null ? "" : first.subject(),
        state,
        first == null ? Map.of() : first.labels(),
        first == null ? Optional.empty() : first.continues(),
        createdAt,
        lastEvent,
        steps,
        new RunSnapshot.StepCounts(
            all.created, all.running, all.done, all.failed, all.cached, all.adopted),
        failures,
        failure,
        leftBehind);
  }
}
