package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RecordValueOverrides;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.fold.LinkException;
import io.twinflow.engine.core.fold.LoopProgress;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.fold.ScatterShape;
import io.twinflow.engine.core.fold.StepProgress;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Makes the invocations of ready steps, a bounded number at a time and depth first: what was opened
 * last goes on first, so that few scopes are open however many there will be.
 */
final class MakeInvocations {

  /** Events after which a commit is due, so that a turn has an end. */
  private static final int ENOUGH = 2_000;

  private static final class Cursor {
    final StepProgress progress;
    int next;

    Cursor(StepProgress progress) {
      this.progress = progress;
    }
  }

  private final RunSetting setting;
  private final RunFold fold;
  private final Ledger ledger;
  private final Stance stance;
  private final Effects effects;
  private final Tasks tasks;
  private final int window;
  private final Deque<Cursor> cursors = new ArrayDeque<>();
  private int evaluating;

  MakeInvocations(
      RunSetting setting,
      RunFold fold,
      Ledger ledger,
      Stance stance,
      Effects effects,
      Tasks tasks,
      int window) {
    this.setting = setting;
    this.fold = fold;
    this.ledger = ledger;
    this.stance = stance;
    this.effects = effects;
    this.tasks = tasks;
    this.window = window;
  }

  int evaluating() {
    return evaluating;
  }

  /** Makes what fits; true if it stopped only for a commit. */
  boolean make(Endings endings) {
    while (stance.mayStart()) {
      endings.scopes();
      take();
      Cursor top = cursors.peek();
      if (top == null || tasks.open() + evaluating >= window) {
        return false;
      }
      if (ledger.pending() >= ENOUGH) {
        return true;
      }
      if (!advance(top)) {
        cursors.pop();
      }
    }
    return false;
  }

  private void take() {
    List<StepProgress> ready = fold.takeReady();
    for (int i = ready.size() - 1; i >= 0; i--) {
      cursors.push(new Cursor(ready.get(i)));
    }
  }

  /** One step further; false if the cursor has nothing more to do. */
  private boolean advance(Cursor cursor) {
    StepProgress progress = cursor.progress;
    if (progress.state() != StepProgress.State.READY || !fold.isOpen(progress.scope())) {
      return false;
    }
    try {
      if (!progress.isSpread()) {
        ScatterShape shape = ScatterShape.of(progress.step(), progress.base());
        ledger.emit(
            new Event.StepScattered(
                progress.scope().number(),
                progress.step().name(),
                shape.lengths(),
                shape.shards()));
        return shape.shards() > 0;
      }
      LoopProgress loop = progress.loop();
      if (loop != null) {
        iterate(progress, loop);
        return false;
      }
      int shard = progress.nextToMake(cursor.next);
      if (shard >= progress.shards()) {
        return false;
      }
      cursor.next = shard + 1;
      invoke(progress, shard);
      return cursor.next < progress.shards();
    } catch (LinkException e) {
      fail(
          progress.place(-1, 0),
          new Failure(
              FailureKind.USER,
              "link.value",
              progress.scope().address(progress.place(-1, 0)) + ": " + e.getMessage()));
      return false;
    }
  }

  private void invoke(StepProgress progress, int shard) throws LinkException {
    if (!EvaluateInvocation.isNeeded(progress.step())) {
      progress.base();
      make(progress, shard, 0, RecordValue.EMPTY);
      return;
    }
    RecordValue inputs = progress.inputs(shard, RecordValue.EMPTY);
    EvaluateInvocation evaluation = evaluation(progress, shard, 0);
    evaluating++;
    effects.compute(() -> new Message.Evaluated(progress, shard, 0, evaluation.first(inputs)));
  }

  private void iterate(StepProgress progress, LoopProgress iterations) throws LinkException {
    int iteration = iterations.next();
    RecordValue overrides = iterations.overrides();
    RecordValue inputs = progress.inputs(0, overrides);
    EvaluateInvocation evaluation = evaluation(progress, 0, iteration);
    RecordValue last = iterations.last();
    evaluating++;
    if (last == null) {
      effects.compute(
          () -> new Message.Evaluated(progress, 0, iteration, evaluation.first(inputs)));
    } else {
      Loop loop = Objects.requireNonNull(progress.step().definition().loop());
      effects.compute(() ->
          new Message.Evaluated(
              progress, 0, iteration, evaluation.again(loop, inputs, overrides, last)));
    }
  }

  private EvaluateInvocation evaluation(StepProgress progress, int shard, int iteration) {
    String address = progress.scope().address(progress.place(shard, iteration));
    return new EvaluateInvocation(setting, progress.step(), address);
  }

  void evaluated(Message.Evaluated message) {
    evaluating--;
    StepProgress progress = message.progress();
    if (stance.isEnding()
        || !fold.isOpen(progress.scope())
        || progress.state() != StepProgress.State.READY) {
      return;
    }
    Place place = progress.place(message.shard(), message.iteration());
    switch (message.result()) {
      case Evaluation.Make make ->
          make(progress, message.shard(), message.iteration(), make.overrides());
      case Evaluation.Skip _ -> ledger.emit(new Event.InvocationSkipped(place));
      case Evaluation.EndLoop _ -> ledger.emit(new Event.LoopEnded(place));
      case Evaluation.Fail fail -> fail(place, fail.failure());
    }
  }

  private void fail(Place place, Failure failure) {
    ledger.emit(new Event.InvocationFailed(place, failure));
  }

  private void make(StepProgress progress, int shard, int iteration, RecordValue overrides) {
    Place place = progress.place(shard, iteration);
    RecordValueOverrides stored = store(overrides);
    switch (progress.step().process()) {
      case PlannedWorkflow _ -> ledger.emit(new Event.ScopeOpened(fold.nextScope(), place, stored));
      case PlannedProcess.Task _ -> {
        long task = fold.nextTask();
        ledger.emit(new Event.TaskCreated(task, place, stored));
        tasks.start(Objects.requireNonNull(fold.openTask(task)));
      }
    }
  }

  private RecordValueOverrides store(RecordValue overrides) {
    if (overrides.fields().isEmpty()) {
      return RecordValueOverrides.NONE;
    }
    try {
      return new RecordValueOverrides(setting.payloads().store(overrides));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
