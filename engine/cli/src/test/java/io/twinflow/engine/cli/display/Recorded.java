package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the events of a run as a test wants them, on a clock of its own. */
final class Recorded {

  static final Instant START = Instant.parse("2026-11-20T09:30:00Z");
  private static final Payload NOTHING = new Payload.Inline(RecordValue.EMPTY);

  private final RunProgress progress;
  private Instant now = START;
  private long sequence;

  Recorded(Outline outline, String workflow) {
    progress = new RunProgress(outline);
    tell(
        new Event.RunCreated(
            "admin",
            workflow,
            "abc",
            NOTHING,
            Event.RunOptions.DEFAULT,
            Map.of(),
            Optional.empty()));
  }

  static Outline step(String name) {
    return new Outline(name, false, false, List.of());
  }

  static Outline scattered(String name, Outline... steps) {
    return new Outline(name, true, false, List.of(steps));
  }

  static Outline workflow(Outline... steps) {
    return new Outline("", false, false, List.of(steps));
  }

  Recorded after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  Instant now() {
    return now;
  }

  Recorded tell(Event event) {
    progress.accept(
        new Envelope(
            "default",
            new RunId("20261120-093000-abcdef"),
            ++sequence,
            now,
            "engine",
            "test",
            event));
    return this;
  }

  Recorded scatter(String step, int shards) {
    return tell(new Event.StepScattered(0, step, List.of(shards), shards));
  }

  Recorded created(long task, String step, int shard) {
    return tell(
        new Event.TaskCreated(
            task, new Place(0, step, shard, -1), Event.RecordValueOverrides.NONE));
  }

  Recorded started(long task) {
    return tell(new Event.AttemptStarted(task, 1, now, "here"));
  }

  Recorded succeeded(long task, Event.Origin origin) {
    return tell(new Event.TaskSucceeded(task, 1, NOTHING, origin, execution(0), null));
  }

  Recorded failed(long task, String message) {
    return tell(
        new Event.TaskFailed(
            task, 1, new Failure(FailureKind.TASK, "tool.exit", message), execution(3)));
  }

  Recorded ended(RunState state) {
    return tell(new Event.RunEnded(state, NOTHING, null, List.of()));
  }

  private Event.Execution execution(int exitCode) {
    return new Event.Execution(
        List.of("simulate", "a b"),
        "local",
        "4711",
        "here",
        now.minusMillis(600),
        now.minusMillis(500),
        now,
        Duration.ofMillis(400),
        12_000_000L,
        exitCode,
        null,
        "/home/me/.twinflow/runs/x/work/1.1",
        List.of());
  }

  RunSnapshot snapshot() {
    return progress.snapshot();
  }
}
