package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a fold knows of a run that has not ended, as data that changes no more: {@link
 * RunFold#save} gives it, and a fold may begin with it instead of the first event. Which steps are
 * ready and which scopes are complete follows from it. Who changes what is in it, or what the fold
 * makes of it, raises {@code SavedFold.FORMAT}.
 *
 * @param sequence of the last event
 * @param at when that event happened
 */
public record FoldState(
    long sequence,
    Instant at,
    long epoch,
    RunState state,
    Event.RunCreated created,
    Set<String> notices,
    Scopes scopes,
    Tasks tasks) {

  public FoldState {
    notices = Set.copyOf(notices);
  }

  /**
   * The open scopes.
   *
   * @param open in the order of their numbers, so that parents come first
   * @param next the number of the scope that is opened next
   */
  public record Scopes(List<Scope> open, @Nullable Failure firstFailure, int failures, long next) {
    public Scopes {
      open = List.copyOf(open);
    }
  }

  /**
   * An open scope.
   *
   * @param parent the number of the scope whose step it is an invocation of; -1 for the root
   * @param step the index of that step
   */
  public record Scope(
      long number,
      String address,
      long parent,
      int step,
      int shard,
      RecordValue inputs,
      int unfinished,
      @Nullable Failure failure,
      List<Step> steps) {
    public Scope {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A step of an open scope.
   *
   * @param columns of each output the values of all shards, null for those that have not ended;
   *     null before any has, and after the last
   */
  public record Step(
      StepProgress.State state,
      int missing,
      @Nullable ScatterShape shape,
      int shards,
      BitSet made,
      int madeCount,
      int ended,
      int failed,
      @Nullable List<List<@Nullable Value>> columns,
      @Nullable Loop loop,
      @Nullable RecordValue result) {}

  /**
   * The loop of a step.
   *
   * @param open whether an iteration was made and has not ended
   */
  public record Loop(
      int next,
      boolean open,
      RecordValue overrides,
      @Nullable RecordValue last,
      List<RecordValue> all) {
    public Loop {
      all = List.copyOf(all);
    }
  }

  /** The open tasks and batches, in the order in which they were made. */
  public record Tasks(List<Task> open, List<Batch> batches, long nextTask, long nextBatch) {
    public Tasks {
      open = List.copyOf(open);
      batches = List.copyOf(batches);
    }
  }

  /**
   * An open task.
   *
   * @param step its index in its scope
   */
  public record Task(
      long number,
      long scope,
      int step,
      int shard,
      int iteration,
      RecordValue overrides,
      TaskPhase phase,
      AttemptPhase attemptPhase,
      int attempts,
      long batch,
      String site,
      Instant retryAt,
      Map<FailureKind, Integer> failures,
      int temporaryFailures,
      List<String> avoid,
      Raised raised) {
    public Task {
      failures = Map.copyOf(failures);
      avoid = List.copyOf(avoid);
    }
  }

  /**
   * A submission.
   *
   * @param open task to attempt
   */
  public record Batch(
      long number, String site, long epoch, String siteId, Map<Long, Integer> open) {
    public Batch {
      open = Map.copyOf(open);
    }
  }
}
