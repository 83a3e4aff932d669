package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.InvocationFailed;
import io.twinflow.engine.core.event.Event.InvocationSkipped;
import io.twinflow.engine.core.event.Event.LoopEnded;
import io.twinflow.engine.core.event.Event.ScopeFailed;
import io.twinflow.engine.core.event.Event.ScopeOpened;
import io.twinflow.engine.core.event.Event.ScopeSucceeded;
import io.twinflow.engine.core.event.Event.StepScattered;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The open scopes and what events do to their steps: counters only, whatever a run's size. */
final class OpenScopes {

  private final Map<Long, OpenScope> scopes = new HashMap<>();
  private final SequencedSet<StepProgress> ready = new LinkedHashSet<>();
  private final SequencedSet<OpenScope> complete = new LinkedHashSet<>();
  private @Nullable Failure firstFailure;
  private int failures;
  private long next = 1;

  OpenScope enter(OpenScope scope) {
    scopes.put(scope.number(), scope);
    for (StepProgress progress : scope.steps()) {
      if (progress.missing == 0) {
        progress.state = StepProgress.State.READY;
        ready.add(progress);
      }
    }
    if (scope.unfinished == 0) {
      complete.add(scope);
    }
    return scope;
  }

  FoldState.Scopes save() {
    return new FoldState.Scopes(
        scopes.values().stream()
            .sorted(Comparator.comparingLong(OpenScope::number))
            .map(OpenScope::save)
            .toList(),
        firstFailure,
        failures,
        next);
  }

  void restore(FoldState.Scopes saved, PlannedWorkflow root) {
    for (FoldState.Scope each : saved.open()) {
      OpenScope scope = restored(each, root);
      scope.restore(each);
      scopes.put(each.number(), scope);
      scope.steps().stream().filter(StepProgress::isReady).forEach(ready::add);
      if (scope.unfinished == 0) {
        complete.add(scope);
      }
    }
    firstFailure = saved.firstFailure();
    failures = saved.failures();
    next = saved.next();
  }

  private OpenScope restored(FoldState.Scope saved, PlannedWorkflow root) {
    if (saved.parent() < 0) {
      return new OpenScope(saved.number(), saved.address(), root, saved.inputs(), null, 0);
    }
    StepProgress parent = progress(saved.parent(), saved.step());
    if (!(parent.step().process() instanceof PlannedWorkflow workflow)) {
      throw new CannotFoldException("a scope is open for '%s'".formatted(parent.step().name()));
    }
    return new OpenScope(
        saved.number(), saved.address(), workflow, saved.inputs(), parent, saved.shard());
  }

  StepProgress progress(long scope, int step) {
    return scope(scope).steps().get(step);
  }

  OpenScope root() {
    return scope(Place.ROOT);
  }

  void open(ScopeOpened e, RecordValue overrides) {
    StepProgress progress = progress(e.place());
    if (!(progress.step().process() instanceof PlannedWorkflow workflow)) {
      throw new CannotFoldException("a scope is opened for '%s'".formatted(e.place().step()));
    }
    madeInvocation(progress, e.place(), overrides);
    next = e.scope() + 1;
    try {
      enter(
          new OpenScope(
              e.scope(),
              progress.scope().address(e.place()),
              workflow,
              progress.processInputs(index(e.place()), overrides),
              progress,
              index(e.place())));
    } catch (LinkException x) {
      throw new CannotFoldException(String.valueOf(x.getMessage()));
    }
  }

  private OpenScope close(long number) {
    OpenScope scope = scopes.remove(number);
    if (scope == null || scope.isRoot()) {
      throw new CannotFoldException("scope %d is not open".formatted(number));
    }
    complete.remove(scope);
    return scope;
  }

  private static RecordValue outputs(OpenScope scope) {
    try {
      return scope.outputs();
    } catch (LinkException e) {
      throw new CannotFoldException(String.valueOf(e.getMessage()));
    }
  }

  void scatter(StepScattered e) {
    StepProgress progress = scope(e.scope()).step(e.step());
    progress.spread(
        new ScatterShape(progress.step().definition().scatterMethod(), e.shape()), e.shards());
    if (e.shards() == 0) {
      ready.remove(progress);
      settle(progress);
    }
  }

  private StepProgress make(Place place) {
    StepProgress progress = progress(place);
    progress.make(index(place));
    if (progress.isAllMade()) {
      ready.remove(progress);
    }
    return progress;
  }

  void madeInvocation(StepProgress progress, Place place, RecordValue overrides) {
    LoopProgress loop = progress.loop();
    if (loop != null) {
      loop.made(overrides);
      ready.remove(progress);
    } else {
      make(place);
    }
  }

  void succeed(StepProgress progress, int shard, RecordValue outputs) {
    LoopProgress loop = progress.loop();
    if (loop != null) {
      loop.ended(outputs, Objects.requireNonNull(progress.step().definition().loop()));
      ready.add(progress);
    } else {
      progress.succeed(shard, outputs);
      settle(progress);
    }
  }

  private void fail(StepProgress progress, Failure failure) {
    progress.fail();
    note(progress.scope(), failure);
    if (progress.loop() != null) {
      giveUp(progress);
    } else {
      settle(progress);
    }
  }

  void failInvocation(InvocationFailed e) {
    StepProgress progress = progress(e.place());
    failed(e.failure());
    note(progress.scope(), e.failure());
    boolean whole =
        progress.loop() != null || (progress.step().isScattered() && e.place().shard() < 0);
    if (whole) {
      giveUp(progress);
    } else {
      make(e.place());
      progress.fail();
      settle(progress);
    }
  }

  /** The first failure is the one that is told: the others often follow from it. */
  private void failed(Failure failure) {
    failures++;
    if (firstFailure == null) {
      firstFailure = failure;
    }
  }

  private static void note(OpenScope scope, Failure failure) {
    if (scope.failure == null) {
      scope.failure = failure;
    }
  }

  private void settle(StepProgress progress) {
    if (!progress.isAllEnded()) {
      return;
    }
    if (progress.hasFailed()) {
      giveUp(progress);
    } else {
      progress.gather();
      release(progress);
    }
  }

  private void release(StepProgress progress) {
    OpenScope scope = progress.scope();
    for (int consumer : progress.step().consumers()) {
      StepProgress next = scope.steps().get(consumer);
      next.missing--;
      if (next.missing == 0 && next.state == StepProgress.State.WAITING) {
        next.state = StepProgress.State.READY;
        ready.add(next);
      }
    }
    finish(scope);
  }

  private void giveUp(StepProgress progress) {
    ready.remove(progress);
    progress.state = StepProgress.State.FAILED;
    progress.forget();
    block(progress);
    finish(progress.scope());
  }

  private static void block(StepProgress progress) {
    OpenScope scope = progress.scope();
    for (int consumer : progress.step().consumers()) {
      StepProgress next = scope.steps().get(consumer);
      if (next.state == StepProgress.State.WAITING) {
        next.state = StepProgress.State.BLOCKED;
        scope.unfinished--;
        block(next);
      }
    }
  }

  private void finish(OpenScope scope) {
    scope.unfinished--;
    if (scope.unfinished == 0) {
      complete.add(scope);
    }
  }

  void skip(InvocationSkipped e) {
    StepProgress progress = make(e.place());
    progress.skip(index(e.place()));
    settle(progress);
  }

  void endLoop(LoopEnded e) {
    StepProgress progress = progress(e.place());
    ready.remove(progress);
    Loop loop = Objects.requireNonNull(progress.step().definition().loop());
    LoopProgress iterations = Objects.requireNonNull(progress.loop());
    progress.finish(iterations.result(loop, progress.step().definition().out()));
    release(progress);
  }

  void failTask(OpenTask task, Failure failure) {
    failed(failure);
    fail(task.progress(), failure);
  }

  void succeed(ScopeSucceeded e) {
    OpenScope scope = close(e.scope());
    succeed(Objects.requireNonNull(scope.parent()), scope.shard(), outputs(scope));
  }

  void fail(ScopeFailed e) {
    OpenScope scope = close(e.scope());
    if (scope.failure() == null) {
      failed(e.failure());
    }
    fail(Objects.requireNonNull(scope.parent()), e.failure());
  }

  StepProgress progress(Place place) {
    return scope(place.scope()).step(place.step());
  }

  private OpenScope scope(long number) {
    OpenScope scope = scopes.get(number);
    if (scope == null) {
      throw new CannotFoldException("scope %d is not open".formatted(number));
    }
    return scope;
  }

  static int index(Place place) {
    return Math.max(place.shard(), 0);
  }

  @Nullable Failure firstFailure() {
    return firstFailure;
  }

  int failures() {
    return failures;
  }

  long next() {
    return next;
  }

  int size() {
    return scopes.size();
  }

  boolean isOpen(OpenScope scope) {
    return scopes.get(scope.number()) == scope;
  }

  List<StepProgress> takeReady() {
    List<StepProgress> taken = List.copyOf(ready);
    ready.clear();
    return taken;
  }

  SequencedSet<OpenScope> complete() {
    return complete;
  }
}
