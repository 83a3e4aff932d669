package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;

/** The transitions of each entity. A terminal state has none. */
public final class TransitionTables {

  public static final Transitions<RunState> RUN =
      new Transitions<>(RunState.class)
          .on(RunState.RUNNING, Event.PauseRequested.class, RunState.PAUSED)
          .on(RunState.RUNNING, Event.CancelRequested.class, RunState.CANCELLING)
          .on(RunState.RUNNING, Event.RunEnded.class, RunState.SUCCEEDED)
          .on(RunState.RUNNING, Event.RunEnded.class, RunState.FAILED)
          .on(RunState.PAUSED, Event.PauseEnded.class, RunState.RUNNING)
          .on(RunState.PAUSED, Event.CancelRequested.class, RunState.CANCELLING)
          .on(RunState.PAUSED, Event.RunEnded.class, RunState.SUCCEEDED)
          .on(RunState.PAUSED, Event.RunEnded.class, RunState.FAILED)
          .on(RunState.CANCELLING, Event.RunEnded.class, RunState.CANCELLED);

  public static final Transitions<TaskPhase> TASK =
      new Transitions<>(TaskPhase.class)
          .on(TaskPhase.CREATED, Event.SubmissionIntended.class, TaskPhase.ACTIVE)
          .on(TaskPhase.CREATED, Event.AttemptFailed.class, TaskPhase.WAITING)
          .on(TaskPhase.CREATED, Event.TaskSucceeded.class, TaskPhase.SUCCEEDED)
          .on(TaskPhase.CREATED, Event.TaskFailed.class, TaskPhase.FAILED)
          .on(TaskPhase.ACTIVE, Event.AttemptFailed.class, TaskPhase.WAITING)
          .on(TaskPhase.ACTIVE, Event.AttemptLost.class, TaskPhase.WAITING)
          .on(TaskPhase.ACTIVE, Event.AttemptDiscarded.class, TaskPhase.DISCARDED)
          .on(TaskPhase.ACTIVE, Event.TaskSucceeded.class, TaskPhase.SUCCEEDED)
          .on(TaskPhase.ACTIVE, Event.TaskFailed.class, TaskPhase.FAILED)
          .on(TaskPhase.WAITING, Event.SubmissionIntended.class, TaskPhase.ACTIVE)
          .on(TaskPhase.WAITING, Event.AttemptFailed.class, TaskPhase.WAITING)
          .on(TaskPhase.WAITING, Event.TaskSucceeded.class, TaskPhase.SUCCEEDED)
          .on(TaskPhase.WAITING, Event.TaskFailed.class, TaskPhase.FAILED);

  public static final Transitions<AttemptPhase> ATTEMPT =
      new Transitions<>(AttemptPhase.class)
          .on(AttemptPhase.INTENDED, Event.AttemptStarted.class, AttemptPhase.RUNNING)
          .on(AttemptPhase.INTENDED, Event.TaskSucceeded.class, AttemptPhase.SUCCEEDED)
          .on(AttemptPhase.INTENDED, Event.AttemptFailed.class, AttemptPhase.FAILED)
          .on(AttemptPhase.INTENDED, Event.TaskFailed.class, AttemptPhase.FAILED)
          .on(AttemptPhase.INTENDED, Event.AttemptLost.class, AttemptPhase.LOST)
          .on(AttemptPhase.INTENDED, Event.AttemptDiscarded.class, AttemptPhase.DISCARDED)
          .on(AttemptPhase.RUNNING, Event.TaskSucceeded.class, AttemptPhase.SUCCEEDED)
          .on(AttemptPhase.RUNNING, Event.AttemptFailed.class, AttemptPhase.FAILED)
          .on(AttemptPhase.RUNNING, Event.TaskFailed.class, AttemptPhase.FAILED)
          .on(AttemptPhase.RUNNING, Event.AttemptLost.class, AttemptPhase.LOST)
          .on(AttemptPhase.RUNNING, Event.AttemptDiscarded.class, AttemptPhase.DISCARDED);

  private TransitionTables() {}
}
