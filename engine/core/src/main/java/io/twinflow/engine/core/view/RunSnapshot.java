package io.twinflow.engine.core.view;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment.
 *
 * @param run null until the first event was seen
 * @param lastEvent when the newest event happened
 * @param steps in the plan's order, each before the steps inside it
 * @param failures the first ones, at most {@link RunProgress#MOST_FAILURES}
 */
public record RunSnapshot(
    @Nullable RunId run,
    String workflowName,
    String workflowVersion,
    String subject,
    RunState state,
    Map<String, String> labels,
    Optional<RunId> continues,
    @Nullable Instant created,
    @Nullable Instant lastEvent,
    List<StepSnapshot> steps,
    StepCounts tasks,
    List<TaskFailure> failures,
    @Nullable Failure failure,
    List<String> leftBehind) {

  public RunSnapshot {
    labels = Map.copyOf(labels);
    steps = List.copyOf(steps);
    failures = List.copyOf(failures);
    leftBehind = List.copyOf(leftBehind);
  }

  /** Tools and expressions of the whole run. */
  public record StepCounts(
      long created, long running, long done, long failed, long cached, long adopted) {}
}
