package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
  private Instant at = Instant.MIN;
  private long epoch;
  private RunState state = RunState.RUNNING;
  private Event.@Nullable RunCreated created;
  private Event.@Nullable RunEnded ended;
  private @Nullable OpenScope root;
  private final OpenScopes scopes = new OpenScopes();
  private final OpenTasks tasks = new OpenTasks();
  private final Set<String> notices = new HashSet<>();

  /**
   * @param values of payloads; content-addressed, so that asking is no look at the outside
   */
  public RunFold(Plan plan, Function<Payload, RecordValue> values) {
    this.plan = plan;
    this.values = values;
  }

  /**
   * Begins where another fold of the same journal was.
   *
   * @throws CannotFoldException if it was a fold of another plan
   */
  public RunFold(Plan plan, Function<Payload, RecordValue> values, FoldState saved) {
    this(plan, values);
    checkVersion(saved.created());
    sequence = saved.sequence();
    at = saved.at();
    epoch = saved.epoch();
    state = saved.state();
    created = saved.created();
    notices.addAll(saved.notices());
    scopes.restore(saved.scopes(), plan.root());
    tasks.restore(saved.tasks(), scopes);
    root = scopes.root();
  }

  /** The state as it is now, for another fold to begin with; only of a run that has not ended. */
  public FoldState save() {
    if (ended != null) {
      throw new IllegalStateException("a run that has ended is not saved");
    }
    return new FoldState(
        sequence, at, epoch, state, created(), notices, scopes.save(), tasks.save());
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
    at = envelope.time();
    Event event = envelope.event();
    switch (event) {
      case Event.RunCreated e -> create(e);
      case Event.RunOwned e -> epoch = e.epoch();
      case Event.StepScattered e -> scopes.scatter(e);
      case Event.InvocationSkipped e -> scopes.skip(e);
      case Event.InvocationFailed e -> scopes.failInvocation(e);
      case Event.ScopeOpened e -> scopes.open(e, values.apply(e.overrides().values()));
      case Event.TaskCreated e -> create(e);
      case Event.LoopEnded e -> scopes.endLoop(e);
      case Event.SubmissionIntended e -> tasks.intend(e);
      case Event.SubmissionConfirmed e -> tasks.confirm(e);
      case Event.AttemptStarted e -> tasks.start(e);
      case Event.AttemptFailed e -> tasks.fail(e);
      case Event.AttemptLost e -> tasks.lose(e);
      case Event.AttemptDiscarded e -> tasks.discard(e);
      case Event.TaskSucceeded e -> {
        OpenTask task = tasks.succeed(e);
        scopes.succeed(task.progress(), task.shard(), values.apply(e.outputs()));
      }
      case Event.TaskFailed e -> scopes.failTask(tasks.fail(e), e.failure());
      case Event.ScopeSucceeded e -> scopes.succeed(e);
      case Event.ScopeFailed e -> scopes.fail(e);
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
    checkVersion(e);
    created = e;
    root = scopes.enter(new OpenScope(0, "", plan.root(), values.apply(e.inputs()), null, 0));
  }

  private void checkVersion(Event.RunCreated e) {
    if (!e.definition().equals(plan.version())) {
      throw new CannotFoldException(
          "the run is of version %s and the plan of %s".formatted(e.definition(), plan.version()));
    }
  }

  private void create(Event.TaskCreated e) {
    StepProgress progress = scopes.progress(e.place());
    RecordValue overrides = values.apply(e.overrides().values());
    scopes.madeInvocation(progress, e.place(), overrides);
    int shard = OpenScopes.index(e.place());
    tasks.add(new OpenTask(e.task(), progress, shard, e.place().iteration(), overrides));
  }

  public Plan plan() {
    return plan;
  }

  /** When the last event happened. */
  public Instant at() {
    return at;
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
    return scopes.firstFailure();
  }

  /** Tasks and invocations that failed. */
  public int failures() {
    return scopes.failures();
  }

  public long nextScope() {
    return scopes.next();
  }

  public long nextTask() {
    return tasks.nextTask();
  }

  public long nextBatch() {
    return tasks.nextBatch();
  }

  public boolean wasNoticed(String text) {
    return notices.contains(text);
  }

  public int openScopes() {
    return scopes.size();
  }

  /** Null if it has ended. */
  public @Nullable OpenTask openTask(long number) {
    return tasks.find(number);
  }

  public Collection<OpenTask> openTasks() {
    return tasks.all();
  }

  /** Null if all its attempts have ended. */
  public @Nullable OpenBatch openBatch(long number) {
    return tasks.batch(number);
  }

  public Collection<OpenBatch> openBatches() {
    return tasks.batches();
  }

  /** Whether a scope is still open. */
  public boolean isOpen(OpenScope scope) {
    return scopes.isOpen(scope);
  }

  /**
   * Takes the steps that came to have invocations to make since this was asked last, or since ever
   * after a journal was folded. Who takes them sees to them; they are not part of the state.
   */
  public List<StepProgress> takeReady() {
    return scopes.takeReady();
  }

  /** The scopes whose steps have all ended, and whose own end is not yet told. */
  public SequencedSet<OpenScope> complete() {
    return scopes.complete();
  }
}
