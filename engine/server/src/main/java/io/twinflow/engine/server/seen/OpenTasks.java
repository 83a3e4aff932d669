package io.twinflow.engine.server.seen;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.OpenTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tasks of one run that have not ended. Written by the run's thread, read by scrapes. */
final class OpenTasks {

  /** Where a task that has not ended stands. */
  enum Stage {
    WAITING,
    SUBMITTED,
    RUNNING
  }

  /**
   * @param site empty while it waits
   */
  private record At(Stage stage, String site) {}

  private static final At WAITS = new At(Stage.WAITING, "");

  private final Map<Long, At> places = new HashMap<>();
  private final LinkedHashMap<Long, Instant> waiting = new LinkedHashMap<>();
  private final Map<At, Long> counts = new HashMap<>();

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
      tasks.move(task.number(), new At(stage, stage == Stage.WAITING ? "" : task.site()), now);
    }
    return tasks;
  }

  synchronized void accept(Envelope envelope) {
    switch (envelope.event()) {
      case Event.TaskCreated e -> move(e.task(), WAITS, envelope.time());
      case Event.SubmissionIntended e ->
          e.members()
              .forEach(member ->
                  move(member.task(), new At(Stage.SUBMITTED, e.site()), envelope.time()));
      case Event.AttemptStarted e -> run(e.task(), envelope.time());
      case Event.AttemptFailed e -> move(e.task(), WAITS, envelope.time());
      case Event.AttemptLost e -> move(e.task(), WAITS, envelope.time());
      case Event.TaskSucceeded e -> move(e.task(), null, envelope.time());
      case Event.TaskFailed e -> move(e.task(), null, envelope.time());
      default -> {
        // The other events are not about tasks.
      }
    }
  }

  private synchronized void run(long task, Instant at) {
    At before = places.get(task);
    move(task, new At(Stage.RUNNING, before == null ? "" : before.site()), at);
  }

  /**
   * @param to null when it has ended
   */
  private synchronized void move(long task, @Nullable At to, Instant at) {
    At from = to == null ? places.remove(task) : places.put(task, to);
    if (Objects.equals(from, to)) {
      return;
    }
    if (from != null) {
      counts.merge(from, -1L, Long::sum);
    }
    if (to != null) {
      counts.merge(to, 1L, Long::sum);
    }
    if (to != null && to.stage() == Stage.WAITING) {
      waiting.putLast(task, at);
    } else {
      waiting.remove(task);
    }
  }

  /**
   * @param site empty for those that wait
   */
  synchronized long count(Stage stage, String site) {
    return counts.getOrDefault(new At(stage, site), 0L);
  }

  /** How long the task has waited that waits longest. */
  synchronized Duration oldest(Instant now) {
    return waiting.isEmpty()
        ? Duration.ZERO
        : Duration.between(waiting.firstEntry().getValue(), now);
  }
}
