package io.twinflow.engine.core.view;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment.
 *
 * @param address as in {@code /calibrate[17]/simulate}
 * @param attempts submitted so far
 * @param startedAt null while nothing was started
 * @param origin null until it succeeded
 * @param failure of its last failed attempt; null if it has none
 * @param retryAt not before then is there another attempt; null if none is due
 * @param site where its last attempt went; null before there is one
 * @param placed why it went there; empty if there was no choice
 */
public record TaskView(
    long task,
    String address,
    State state,
    int attempts,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Event.@Nullable Origin origin,
    Event.@Nullable Execution execution,
    @Nullable Failure failure,
    Event.@Nullable CacheKey cacheKey,
    @Nullable Instant retryAt,
    @Nullable String site,
    String placed) {

  /** The states of a task. */
  public enum State {
    CREATED,
    SUBMITTED,
    RUNNING,
    /** Its last attempt failed or was lost, and there will be another one. */
    RETRYING,
    SUCCEEDED,
    FAILED,
    /** Its run was cancelled, or ended otherwise, before it did. */
    CANCELLED;

    public boolean isFinal() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }

  static TaskView created(long task, String address) {
    return new TaskView(
        task, address, State.CREATED, 0, null, null, null, null, null, null, null, null, "");
  }

  TaskView submitted(int attempt, String where, String why) {
    return new TaskView(
        task,
        address,
        State.SUBMITTED,
        attempt,
        null,
        null,
        null,
        execution,
        failure,
        null,
        null,
        where,
        why);
  }

  TaskView started(Instant at) {
    return new TaskView(
        task,
        address,
        State.RUNNING,
        attempts,
        at,
        null,
        null,
        execution,
        failure,
        null,
        null,
        site,
        placed);
  }

  TaskView retrying(Event.AttemptFailed e) {
    return new TaskView(
        task,
        address,
        State.RETRYING,
        e.attempt(),
        null,
        null,
        null,
        e.execution(),
        e.failure(),
        null,
        e.retryAt(),
        site,
        placed);
  }

  TaskView lost(Event.AttemptLost e) {
    return new TaskView(
        task,
        address,
        State.RETRYING,
        e.attempt(),
        null,
        null,
        null,
        execution,
        failure,
        null,
        null,
        site,
        placed);
  }

  /** Unless it has ended already. */
  TaskView cancelled(Instant at) {
    return switch (state) {
      case SUCCEEDED, FAILED, CANCELLED -> this;
      case CREATED, SUBMITTED, RUNNING, RETRYING ->
          new TaskView(
              task,
              address,
              State.CANCELLED,
              attempts,
              startedAt,
              startedAt == null ? null : at,
              null,
              execution,
              failure,
              null,
              null,
              site,
              placed);
    };
  }

  TaskView succeeded(Event.TaskSucceeded e, Instant at) {
    return new TaskView(
        task,
        address,
        State.SUCCEEDED,
        e.attempt(),
        startedAt,
        at,
        e.origin(),
        e.execution(),
        failure,
        e.cacheKey(),
        null,
        site,
        placed);
  }

  TaskView failed(Event.TaskFailed e, Instant at) {
    return new TaskView(
        task,
        address,
        State.FAILED,
        e.attempt(),
        startedAt,
        at,
        null,
        e.execution(),
        e.failure(),
        null,
        null,
        site,
        placed);
  }
}
