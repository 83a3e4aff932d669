package io.twinflow.engine.core.run;

import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.site.Site;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import org.jspecify.annotations.Nullable;

/** What the loop knows of a task's present attempt beyond the journal. */
final class LiveTask {

  /** How far the attempt is, as seen from here. */
  enum Stage {
    PREPARING,
    READY,
    /** Intended, submitted or running. */
    AT_SITE,
    /** It ended; its outputs are being collected. */
    CONCLUDING
  }

  final OpenTask task;
  final int attempt;
  Stage stage;

  /** Null while it is not known where it goes. */
  @Nullable Site site;

  /** When it was submitted, by {@link System#nanoTime}. */
  long submitted;

  /** Whether it was taken back, because it waited too long. */
  boolean moving;

  @Nullable PreparedTask prepared;
  @Nullable CacheKey key;

  /** The end of an attempt of an earlier engine, told before it was prepared again. */
  @Nullable TaskResult waitingEnd;

  /** Whether it ended because it waited too long, and not by itself. */
  boolean isTakenBack(TaskResult result) {
    return moving
        && result.outcome() instanceof TaskResult.Outcome.Failed failed
        && failed.kind() == FailureKind.CANCELLED;
  }

  LiveTask(OpenTask task, int attempt, Stage stage) {
    this.task = task;
    this.attempt = attempt;
    this.stage = stage;
  }
}
