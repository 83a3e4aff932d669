package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.AttemptDiscarded;
import io.twinflow.engine.core.event.Event.AttemptFailed;
import io.twinflow.engine.core.event.Event.AttemptLost;
import io.twinflow.engine.core.event.Event.AttemptStarted;
import io.twinflow.engine.core.event.Event.SubmissionConfirmed;
import io.twinflow.engine.core.event.Event.SubmissionIntended;
import io.twinflow.engine.core.event.Event.TaskFailed;
import io.twinflow.engine.core.event.Event.TaskSucceeded;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open tasks and batches, and what events do to their attempts. */
final class OpenTasks {

  private final Map<Long, OpenTask> tasks = new LinkedHashMap<>();
  private final Map<Long, OpenBatch> batches = new LinkedHashMap<>();
  private long nextTask = 1;
  private long nextBatch = 1;

  FoldState.Tasks save() {
    return new FoldState.Tasks(
        tasks.values().stream().map(OpenTask::save).toList(),
        batches.values().stream().map(OpenBatch::save).toList(),
        nextTask,
        nextBatch);
  }

  void restore(FoldState.Tasks saved, OpenScopes scopes) {
    for (FoldState.Task task : saved.open()) {
      tasks.put(task.number(), OpenTask.restored(task, scopes.progress(task.scope(), task.step())));
    }
    for (FoldState.Batch batch : saved.batches()) {
      batches.put(batch.number(), OpenBatch.restored(batch));
    }
    nextTask = saved.nextTask();
    nextBatch = saved.nextBatch();
  }

  void add(OpenTask task) {
    tasks.put(task.number(), task);
    nextTask = task.number() + 1;
  }

  void confirm(SubmissionConfirmed e) {
    OpenBatch batch = batches.get(e.batch());
    if (batch != null) {
      batch.siteId = e.siteId();
    }
  }

  void start(AttemptStarted e) {
    OpenTask task = task(e.task());
    task.attemptPhase = TransitionTables.ATTEMPT.go(task.attemptPhase, e, AttemptPhase.RUNNING);
  }

  void fail(AttemptFailed e) {
    OpenTask task = task(e.task());
    endAttempt(task, e, e.attempt(), AttemptPhase.FAILED);
    task.attempts = e.attempt();
    task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.WAITING);
    task.retryAt = e.retryAt();
    if (e.raised() == null) {
      task.failedWith(e.failure().kind(), e.failure().code());
    } else {
      task.raise(e.raised());
    }
  }

  void lose(AttemptLost e) {
    OpenTask task = task(e.task());
    endAttempt(task, e, e.attempt(), AttemptPhase.LOST);
    task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.WAITING);
  }

  OpenTask succeed(TaskSucceeded e) {
    return end(e.task(), e, e.attempt(), AttemptPhase.SUCCEEDED, TaskPhase.SUCCEEDED);
  }

  OpenTask fail(TaskFailed e) {
    return end(e.task(), e, e.attempt(), AttemptPhase.FAILED, TaskPhase.FAILED);
  }

  private OpenTask end(
      long number, Event event, int attempt, AttemptPhase attemptEnd, TaskPhase end) {
    OpenTask task = task(number);
    endAttempt(task, event, attempt, attemptEnd);
    task.phase = TransitionTables.TASK.go(task.phase, event, end);
    tasks.remove(number);
    return task;
  }

  void intend(SubmissionIntended e) {
    OpenBatch batch = new OpenBatch(e.batch(), e.site(), e.epoch());
    for (SubmissionIntended.Member member : e.members()) {
      OpenTask task = task(member.task());
      if (member.attempt() <= task.attempts) {
        throw new CannotFoldException(
            "attempt %d of task %d is intended after attempt %d"
                .formatted(member.attempt(), member.task(), task.attempts));
      }
      task.attempts = member.attempt();
      task.batch = e.batch();
      task.site = e.site();
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

  void discard(AttemptDiscarded e) {
    OpenTask task = tasks.get(e.task());
    if (task == null || task.attempts != e.attempt() || task.phase != TaskPhase.ACTIVE) {
      return;
    }
    endAttempt(task, e, e.attempt(), AttemptPhase.DISCARDED);
    task.phase = TransitionTables.TASK.go(task.phase, e, TaskPhase.DISCARDED);
    tasks.remove(e.task());
  }

  private OpenTask task(long number) {
    OpenTask task = tasks.get(number);
    if (task == null) {
      throw new CannotFoldException("task %d is not open".formatted(number));
    }
    return task;
  }

  long nextTask() {
    return nextTask;
  }

  long nextBatch() {
    return nextBatch;
  }

  @Nullable OpenTask find(long number) {
    return tasks.get(number);
  }

  Collection<OpenTask> all() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  @Nullable OpenBatch batch(long number) {
    return batches.get(number);
  }

  Collection<OpenBatch> batches() {
    return Collections.unmodifiableCollection(batches.values());
  }
}
