package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state of one run; only {@link #apply} changes it. */
public final class RunFold {

  private final Plan plan;
  private final Function<Payload, RecordValue> values;

  private long sequence;
  private long epoch;
  private RunState state = RunState.RUNNING;
  private Event.@Nullable RunCreated created;
  private Event.@Nullable RunEnded ended;
  private @Nullable OpenScope root;
  private @Nullable Failure firstFailure;
  private int failures;

  private long nextScope = 1;
  private long nextTask = 1;
  private long nextBatch = 1;
  private final Map<Long, OpenScope> scopes = new HashMap<>();
  private final Map<Long, OpenTask> tasks = new LinkedHashMap<>();
  private final Map<Long, OpenBatch> batches = new LinkedHashMap<>();
  private final SequencedSet<StepProgress> ready = new LinkedHashSet<>();
  private final SequencedSet<OpenScope> complete = new LinkedHashSet<>();
  private final Set<String> notices = new HashSet<>();

  /**
   * @param values of payloads; content-addressed, so that asking is no look at the outside
   */
  public RunFold(Plan plan, Function<Payload, RecordValue> values) {
    this.plan = plan;
    this.values = values;
  }

  /**
   * @throws CannotFoldException if the event cannot follow
   */
  public void apply(Envelope envelope) {
    if (envelope.sequence() != sequence + 1) {
      throw new CannotFoldException(
          "event %d follows event %d".formatted(envelope.sequence(), sequence));
    }
    if (ended != null) {
      throw new CannotFoldException("event %d follows the end".formatted(envelope.sequence()));
    }
    sequence++;
    Event event = envelope.event();
    switch (event) {
      case Event.RunCreated e -> create(e);
      case Event.RunOwned e -> epoch = e.epoch();
      case Event.StepScattered e -> scatter(e);
      case Event.InvocationSkipped e -> {
        StepProgress progress = make(e.place());
        progress.skip(index(e.place()));
        settle(progress);
      }
      case Event.InvocationFailed e -> failInvocation(e);
      case Event.ScopeOpened e -> open(e);
      case Event.TaskCreated e -> {
        StepProgress progress = progress(e.place());
        RecordValue overrides = values.apply(e.overrides().values());
        madeInvocation(progress, e.place(), overrides);
        nextTask = e.task() + 1;
        tasks.put(
            e.task(),
            new OpenTask(e.task(), progress, index(e.place()), e.place().iteration(), overrides));
      }
      case Event.LoopEnded e -> {
        StepProgress progress = progress(e.place());
        ready.remove(progress);
        Loop loop = Objects.requireNonNull(progress.step().definition().loop());
        LoopProgress iterations = Objects.requireNonNull(progress.loop());
        progress.finish(iterations.result(loop, progress.step().definition().out()));
        release(progress);
      }
      case Event.SubmissionIntended e -> intend(e);
      case Event.SubmissionConfirmed e -> {
        OpenBatch batch = batches.get(e.batch());
        if (batch != null) {
          batch.siteId = e.siteId();
        }
      }
      case Event.AttemptStarted e -> {
        OpenTask task = task(e.task());
        task.attemptPhase = TransitionTables.ATTEMPT.go(task.attemptPhase, e, AttemptPhase.RUNNING);
      }
      case Event.AttemptFailed e -> {
        OpenTask task = task(e.task());
        endAttempt(task, e, e.attempt(), AttemptPhase.FAILED);
        task.attempts = e.attempt();
        task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.WAITING);
        task.retryAt = e.retryAt();
        task.failedWith(e.failure().kind(), e.failure().code());
      }
      case Event.AttemptLost e -> {
        OpenTask task = task(e.task());
        endAttempt(task, e, e.attempt(), AttemptPhase.LOST);
        task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.WAITING);
      }
      case Event.AttemptDiscarded e -> discard(e);
      case Event.TaskSucceeded e -> {
        OpenTask task = task(e.task());
        endAttempt(task, e, e.attempt(), AttemptPhase.SUCCEEDED);
        task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.SUCCEEDED);
        tasks.remove(e.task());
        succeed(task.progress(), task.shard(), values.apply(e.outputs()));
      }
      case Event.TaskFailed e -> {
        OpenTask task = task(e.task());
        endAttempt(task, e, e.attempt(), AttemptPhase.FAILED);
        task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.FAILED);
        tasks.remove(e.task());
        failed(e.failure());
        fail(task.progress(), e.failure());
      }
      case Event.ScopeSucceeded e -> {
        OpenScope scope = close(e.scope());
        succeed(Objects.requireNonNull(scope.parent()), scope.shard(), outputs(scope));
      }
      case Event.ScopeFailed e -> {
        OpenScope scope = close(e.scope());
        if (scope.failure() == null) {
          failed(e.failure());
        }
        fail(Objects.requireNonNull(scope.parent()), e.failure());
      }
      case Event.NoticeGiven e -> notices.add(e.text());
      case Event.CancelRequested e ->
          state = TransitionTables.RUN.go(state, e, RunState.CANCELLING);
      case Event.PauseRequested e -> state = TransitionTables.RUN.go(state, e, RunState.PAUSED);
      case Event.PauseEnded e -> state = TransitionTables.RUN.go(state, e, RunState.RUNNING);
      case Event.RunEnded e -> {
        state = TransitionTables.RUN.go(state, e, e.state());
        ended = e;
      }
    }
  }

  private void create(Event.RunCreated e) {
    if (created != null) {
      throw new CannotFoldException("a run is created twice");
    }
    if (!e.workflowVersion().equals(plan.version())) {
      throw new CannotFoldException(
          "the run is of version %s and the plan of %s"
              .formatted(e.workflowVersion(), plan.version()));
    }
    created = e;
    root = enter(new OpenScope(0, "", plan.root(), values.apply(e.inputs()), null, 0));
  }

  private OpenScope enter(OpenScope scope) {
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

  private void open(Event.ScopeOpened e) {
    StepProgress progress = progress(e.place());
    if (!(progress.step().process() instanceof PlannedWorkflow workflow)) {
      throw new CannotFoldException("a scope is opened for '%s'".formatted(e.place().step()));
    }
    RecordValue overrides = values.apply(e.overrides().values());
    madeInvocation(progress, e.place(), overrides);
    nextScope = e.scope() + 1;
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

  private void scatter(Event.StepScattered e) {
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

  private void madeInvocation(StepProgress progress, Place place, RecordValue overrides) {
    LoopProgress loop = progress.loop();
    if (loop != null) {
      loop.made(overrides);
      ready.remove(progress);
    } else {
      make(place);
    }
  }

  private void succeed(StepProgress progress, int shard, RecordValue outputs) {
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

  private void failInvocation(Event.InvocationFailed e) {
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

  private void intend(Event.SubmissionIntended e) {
    OpenBatch batch = new OpenBatch(e.batch(), e.site(), e.epoch());
    for (Event.SubmissionIntended.Member member : e.members()) {
      OpenTask task = task(member.task());
      if (member.attempt() <= task.attempts) {
        throw new CannotFoldException(
            "attempt %d of task %d is intended after attempt %d"
                .formatted(member.attempt(), member.task(), task.attempts));
      }
      task.attempts = member.attempt();
      task.batch = e.batch();
      task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.ACTIVE);
      task.attemptPhase = AttemptPhase.INTENDED;
      batch.add(member.task(), member.attempt());
    }
    batches.put(e.batch(), batch);
    nextBatch = e.batch() + 1;
  }

  private void endAttempt(OpenTask task, Event event, int attempt, AttemptPhase end) {
    if (task.phase != TaskPhase.ACTIVE || attempt != task.attempts) {
      return;
    }
    task.attemptPhase = TransitionTables.ATTEMPT.go(task.attemptPhase, event, end);
    OpenBatch batch = batches.get(task.batch);
    if (batch != null && batch.endsWith(task.number())) {
      batches.remove(task.batch);
    }
  }

  private void discard(Event.AttemptDiscarded e) {
    OpenTask task = tasks.get(e.task());
    if (task == null || task.attempts != e.attempt() || task.phase != TaskPhase.ACTIVE) {
      return;
    }
    endAttempt(task, e, e.attempt(), AttemptPhase.DISCARDED);
    task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.DISCARDED);
    tasks.remove(e.task());
  }

  private StepProgress progress(Place place) {
    return scope(place.scope()).step(place.step());
  }

  private OpenScope scope(long number) {
    OpenScope scope = scopes.get(number);
    if (scope == null) {
      throw new CannotFoldException("scope %d is not open".formatted(number));
    }
    return scope;
  }

  private OpenTask task(long number) {
    OpenTask task = tasks.get(number);
    if (task == null) {
      throw new CannotFoldException("task %d is not open".formatted(number));
    }
    return task;
  }

  private static int index(Place place) {
    return Math.max(place.shard(), 0);
  }

  public Plan plan() {
    return plan;
  }

  /** Of the last event; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  public long epoch() {
    return epoch;
  }

  public RunState state() {
    return state;
  }

  /**
   * @throws CannotFoldException if the journal has no beginning
   */
  public Event.RunCreated created() {
    if (created == null) {
      throw new CannotFoldException("the journal does not begin with RunCreated");
    }
    return created;
  }

  /** Null while the run has not ended. */
  public Event.@Nullable RunEnded ended() {
    return ended;
  }

  public OpenScope root() {
    created();
    return Objects.requireNonNull(root);
  }

  /** The first failure of the run; null if there was none. */
  public @Nullable Failure firstFailure() {
    return firstFailure;
  }

  /** Tasks and invocations that failed. */
  public int failures() {
    return failures;
  }

  public long nextScope() {
    return nextScope;
  }

  public long nextTask() {
    return nextTask;
  }

  public long nextBatch() {
    return nextBatch;
  }

  public boolean wasNoticed(String text) {
    return notices.contains(text);
  }

  public int openScopes() {
    return scopes.size();
  }

  /** Null if it has ended. */
  public @Nullable OpenTask openTask(long number) {
    return tasks.get(number);
  }

  public Collection<OpenTask> openTasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** Null if all its attempts have ended. */
  public @Nullable OpenBatch openBatch(long number) {
    return batches.get(number);
  }

  public Collection<OpenBatch> openBatches() {
    return Collections.unmodifiableCollection(batches.values());
  }

  /** Whether a scope is still open. */
  public boolean isOpen(OpenScope scope) {
    return scopes.get(scope.number()) == scope;
  }

  /**
   * Takes the steps that came to have invocations to make since this was asked last, or since ever
   * after a journal was folded. Who takes them sees to them; they are not part of the state.
   */
  public List<StepProgress> takeReady() {
    List<StepProgress> taken = List.copyOf(ready);
    ready.clear();
    return taken;
  }

  /** The scopes whose steps have all ended, and whose own end is not yet told. */
  public SequencedSet<OpenScope> complete() {
    return complete;
  }
}
