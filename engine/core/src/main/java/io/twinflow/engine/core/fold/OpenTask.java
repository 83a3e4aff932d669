package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task that has not ended. */
public final class OpenTask {

  /** The code of a failure that has its own budget: an exit code that the tool calls temporary. */
  public static final String TEMPORARY = "tool.temporary";

  /** The code of a failure that is none: the attempt waited too long at its site, and is moved. */
  public static final String MOVED = "site.queue";

  private final long number;
  private final StepProgress progress;
  private final int shard;
  private final int iteration;
  private final RecordValue overrides;

  TaskPhase phase = TaskPhase.CREATED;
  AttemptPhase attemptPhase = AttemptPhase.INTENDED;
  int attempts;
  long batch;
  String site = "";
  Instant retryAt = Instant.MIN;
  private final Map<FailureKind, Integer> failures = new EnumMap<>(FailureKind.class);
  private int temporaryFailures;
  private final Set<String> avoid = new LinkedHashSet<>();
  private Raised raised = Raised.NOT;

  OpenTask(long number, StepProgress progress, int shard, int iteration, RecordValue overrides) {
    this.number = number;
    this.progress = progress;
    this.shard = shard;
    this.iteration = iteration;
    this.overrides = overrides;
  }

  FoldState.Task save() {
    return new FoldState.Task(
        number,
        progress.scope().number(),
        progress.step().index(),
        shard,
        iteration,
        overrides,
        phase,
        attemptPhase,
        attempts,
        batch,
        site,
        retryAt,
        failures,
        temporaryFailures,
        List.copyOf(avoid),
        raised);
  }

  static OpenTask restored(FoldState.Task saved, StepProgress progress) {
    OpenTask task =
        new OpenTask(saved.number(), progress, saved.shard(), saved.iteration(), saved.overrides());
    task.phase = saved.phase();
    task.attemptPhase = saved.attemptPhase();
    task.attempts = saved.attempts();
    task.batch = saved.batch();
    task.site = saved.site();
    task.retryAt = saved.retryAt();
    task.failures.putAll(saved.failures());
    task.temporaryFailures = saved.temporaryFailures();
    task.avoid.addAll(saved.avoid());
    task.raised = saved.raised();
    return task;
  }

  public long number() {
    return number;
  }

  public StepProgress progress() {
    return progress;
  }

  public PlannedProcess.Task process() {
    return (PlannedProcess.Task) progress.step().process();
  }

  public Place place() {
    return progress.place(shard, iteration);
  }

  public String address() {
    return progress.scope().address(place());
  }

  public TaskPhase phase() {
    return phase;
  }

  public AttemptPhase attemptPhase() {
    return attemptPhase;
  }

  /** The number of the last attempt; 0 if there was none. */
  public int attempts() {
    return attempts;
  }

  /** Of the last attempt. */
  public long batch() {
    return batch;
  }

  /** Where the last attempt went; empty if there was none. */
  public String site() {
    return site;
  }

  public Instant retryAt() {
    return retryAt;
  }

  /** How often it has failed with a kind; temporary failures are counted apart. */
  public int failuresLike(Failure failure) {
    return failure.code().equals(TEMPORARY)
        ? temporaryFailures
        : failures.getOrDefault(failure.kind(), 0);
  }

  /** The inputs of its tool. */
  public RecordValue inputs() throws LinkException {
    return progress.processInputs(shard, overrides);
  }

  int shard() {
    return shard;
  }

  /** Sites where an attempt failed without its tool being to blame, or waited too long. */
  public Set<String> avoid() {
    return Set.copyOf(avoid);
  }

  /** What it gets beyond what its definition asks for. */
  public Raised raised() {
    return raised;
  }

  /** It ran out of something, and gets more: that costs no retry. */
  void raise(Raised more) {
    raised = more;
  }

  void failedWith(FailureKind kind, String code) {
    if (kind == FailureKind.INFRASTRUCTURE && !site.isEmpty()) {
      avoid.add(site);
    }
    if (code.equals(MOVED)) {
      return;
    }
    if (code.equals(TEMPORARY)) {
      temporaryFailures++;
    } else {
      failures.merge(kind, 1, Integer::sum);
    }
  }
}
