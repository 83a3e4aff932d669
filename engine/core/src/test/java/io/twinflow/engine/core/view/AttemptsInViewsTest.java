package io.twinflow.engine.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RecordValueOverrides;
import io.twinflow.engine.core.event.Event.SubmissionIntended.Member;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.event.Place;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What views say of a task whose attempts do not simply follow each other. */
class AttemptsInViewsTest {

  private static final RunId RUN = new RunId("20261120-093000-aaaaaa");
  private static final Instant NOW = Instant.parse("2026-11-20T09:30:00Z");

  private final RunProgress progress = new RunProgress(Outline.UNKNOWN);
  private final TaskList tasks = new TaskList(address -> true);
  private long sequence;

  private void happens(Event... events) {
    for (Event event : events) {
      Envelope envelope = new Envelope("default", RUN, ++sequence, NOW, "engine", "test", event);
      progress.accept(envelope);
      tasks.accept(envelope);
    }
  }

  private static Event intended(int attempt) {
    return new Event.SubmissionIntended(attempt, "site", 1, List.of(new Member(1, attempt)));
  }

  private static Event started(int attempt) {
    return new Event.AttemptStarted(1, attempt, NOW, "host");
  }

  private static Event created() {
    return new Event.TaskCreated(1, new Place(0, "step", -1, -1), RecordValueOverrides.NONE);
  }

  private TaskView.State state() {
    return tasks.tasks().getFirst().state();
  }

  @Test
  void aTaskWhoseAttemptWasLostDoesNotRun() {
    happens(created(), intended(1), started(1));
    assertThat(state()).isEqualTo(TaskView.State.RUNNING);
    happens(new Event.AttemptLost(1, 1, "its engine died"));
    assertThat(progress.snapshot().tasks().running()).isZero();
    assertThat(state()).isEqualTo(TaskView.State.RETRYING);
  }

  @Test
  void aTaskThatACancelStoppedDoesNotRun() {
    happens(
        created(),
        intended(1),
        started(1),
        new Event.CancelRequested("enough"),
        new Event.AttemptDiscarded(1, 1, "the run was cancelled", null));
    assertThat(state()).isEqualTo(TaskView.State.CANCELLED);
  }

  @Test
  void nothingRunsAfterTheEndOfItsRun() {
    happens(
        created(),
        intended(1),
        started(1),
        new Event.CancelRequested("enough"),
        new Event.RunEnded(
            RunState.CANCELLED, new Payload.Inline(RecordValue.EMPTY), null, List.of("left")));
    assertThat(state()).isEqualTo(TaskView.State.CANCELLED);
  }

  @Test
  void aLateResultOfAnEarlierAttemptDoesNotStopThePresentOne() {
    happens(
        created(),
        intended(1),
        started(1),
        new Event.AttemptLost(1, 1, "its node died"),
        intended(2),
        started(2),
        new Event.AttemptDiscarded(1, 1, "a later attempt has taken its place", null));
    assertThat(progress.snapshot().tasks().running()).isEqualTo(1);
    assertThat(state()).isEqualTo(TaskView.State.RUNNING);
  }
}
