package io.twinflow.engine.server.seen;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.OpenTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of one run that have not ended. Written by the run's thread, read by scrapes. */
final class OpenTasks {

  /** Where a task that has not ended stands. */
  enum Stage {
    WAITING,
    SUBMITTED,
    RUNNING
  }

  private final Map<Long, Stage> stages = new HashMap<>();
  private final LinkedHashMap<Long, Instant> waiting = new LinkedHashMap<>();
  private final EnumMap<Stage, Long> counts = new EnumMap<>(Stage.class);

  /**
   * Those of a run that is taken up. Since when one of them waits is not known: from now on, at
   * least.
   */
  static OpenTasks of(Collection<OpenTask> open, Instant now) {
    OpenTasks tasks = new OpenTasks();
    for (OpenTask task : open) {
      Stage stage =
          switch (task.phase()) {
            case ACTIVE ->
                task.attemptPhase() == AttemptPhase.RUNNING ? Stage.RUNNING : Stage.SUBMITTED;
            case CREATED, WAITING, SUCCEEDED, FAILED, DISCARDED -> Stage.WAITING;
          };
      tasks.move(task.number(), stage, now);
    }
    return tasks;
  }

  synchronized void accept(Envelope envelope) {
    switch (envelope.event()) {
      case Event.TaskCreated e -> move(e.task(), Stage.WAITING, envelope.time());
      case Event.SubmissionIntended e ->
          e.members().forEach(member -> move(member.task(), Stage.SUBMITTED, envelope.time()));
      case Event.AttemptStarted e -> move(e.task(), Stage.RUNNING, envelope.time());
      case Event.AttemptFailed e -> move(e.task(), Stage.WAITING, envelope.time());
      case Event.AttemptLost e -> move(e.task(), Stage.WAITING, envelope.time());
      case Event.TaskSucceeded e -> move(e.task(), null, envelope.time());
      case Event.TaskFailed e -> move(e.task(), null, envelope.time());
      default -> {
        // The other events are not about tasks.
      }
    }
  }

  /**
   * @param to null when it has ended
   */
  private synchronized void move(long task, @Nullable Stage to, Instant at) {
    Stage from = to == null ? stages.remove(task) : stages.put(task, to);
    if (from == to) {
      return;
    }
    if (from != null) {
      counts.merge(from, -1L, Long::sum);
    }
    if (to != null) {
      counts.merge(to, 1L, Long::sum);
    }
    if (to == Stage.WAITING) {
      waiting.putLast(task, at);
    } else {
      waiting.remove(task);
    }
  }

  synchronized long count(Stage stage) {
    return counts.getOrDefault(stage, 0L);
  }

  /** How long the task has waited that waits longest. */
  synchronized Duration oldest(Instant now) {
    return waiting.isEmpty()
        ? Duration.ZERO
        : Duration.between(waiting.firstEntry().getValue(), now);
  }
}
