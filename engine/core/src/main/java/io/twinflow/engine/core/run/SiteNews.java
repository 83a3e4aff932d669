package io.twinflow.engine.core.run;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.OpenBatch;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.site.Site;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** What a site tells of attempts that it has, also of those that nobody waits for any more. */
final class SiteNews {

  private final RunFold fold;
  private final Ledger ledger;
  private final Tasks tasks;

  /** Attempts whose late results were recorded. */
  private final Set<AttemptKey> discarded = new HashSet<>();

  SiteNews(RunFold fold, Ledger ledger, Tasks tasks) {
    this.fold = fold;
    this.ledger = ledger;
    this.tasks = tasks;
  }

  void observed(Message.Observed message) {
    Set<AttemptKey> over = new HashSet<>();
    for (Observation observation : message.observations()) {
      if (observation.state() instanceof TaskState.Ended) {
        over.add(observation.attempt());
      }
    }
    for (Observation observation : message.observations()) {
      AttemptKey key = observation.attempt();
      LiveTask task = tasks.live(key.task());
      if (task == null || task.attempt != key.attempt()) {
        late(observation);
        continue;
      }
      switch (observation.state()) {
        case TaskState.Queued _ -> {}
        case TaskState.Running running -> {
          if (!over.contains(key)) {
            started(task, running);
          }
        }
        case TaskState.Ended ended -> tasks.ended(task, ended.result());
        case TaskState.Lost lost -> {
          if (isOfEarlierEngine(task)) {
            tasks.lostWithEngine(task.task, Objects.requireNonNull(task.site), lost.reason());
          } else {
            tasks.lost(task, lost.reason());
          }
        }
      }
    }
  }

  private void started(LiveTask task, TaskState.Running running) {
    boolean first =
        task.stage == LiveTask.Stage.AT_SITE && task.task.attemptPhase() == AttemptPhase.INTENDED;
    Site site = task.site;
    if (first && site != null && task.submitted != 0) {
      site.waits().add(Duration.ofNanos(System.nanoTime() - task.submitted));
    }
    if (first) {
      ledger.emit(
          new Event.AttemptStarted(
              task.task.number(), task.attempt, running.since(), running.host()));
    }
  }

  private boolean isOfEarlierEngine(LiveTask task) {
    OpenBatch batch = fold.openBatch(task.task.batch());
    return batch != null && batch.epoch() != ledger.epoch();
  }

  /** A result of an attempt that a later one has replaced. */
  private void late(Observation observation) {
    AttemptKey key = observation.attempt();
    OpenTask task = fold.openTask(key.task());
    if (observation.state() instanceof TaskState.Ended
        && task != null
        && key.attempt() < task.attempts()
        && discarded.add(key)) {
      ledger.emit(
          new Event.AttemptDiscarded(
              key.task(), key.attempt(), "a later attempt has taken its place", null));
    }
  }
}
