package io.twinflow.engine.core.event;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RecordValueOverrides;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One event of each type, with every field set. */
public final class EveryEvent {

  public static final RunId RUN = new RunId("20261120-093012-k3x9qa");
  private static final Instant TIME = Instant.parse("2026-11-20T09:30:12.345Z");
  private static final Failure FAILURE =
      new Failure(FailureKind.TASK, "tool.exit", "/a: exit code 1\n  \"quoted\" ü");
  private static final Payload VALUE =
      new Payload.Inline(
          RecordValue.EMPTY
              .with("f", FileValue.at("file:///tmp/a%20b", "a b"))
              .with("n", new IntegerValue(7)));
  private static final Execution EXECUTION =
      new Execution(
          List.of("echo", "a b"),
          "local",
          "4711",
          "laptop",
          TIME,
          TIME,
          TIME,
          Duration.ofMillis(1500),
          123_456L,
          1,
          "sha256:abc",
          "/home/runs/x",
          List.of(new ArtifactIdentity("file:///tmp/a", "e3b0", 0)));

  private EveryEvent() {}

  public static List<Event> all() {
    Place place = new Place(3, "calibrate", 17, 2);
    RecordValueOverrides overrides = new RecordValueOverrides(VALUE);
    return List.of(
        new Event.RunCreated(
            "admin",
            "flood",
            "00ff",
            VALUE,
            new RunOptions(
                OnError.CONTINUE, true, Map.of(FailureKind.RESOURCES, 2), 1, ContainerUse.NONE),
            Map.of("class", "File", "site", "x"),
            Optional.of(RUN)),
        new Event.RunOwned(2, "process 1 on laptop"),
        new Event.StepScattered(0, "calibrate", List.of(4, 5), 20),
        new Event.InvocationSkipped(place),
        new Event.InvocationFailed(Place.of(0, "a"), FAILURE),
        new Event.ScopeOpened(4, place, overrides),
        new Event.TaskCreated(5, place, RecordValueOverrides.NONE),
        new Event.LoopEnded(place),
        new Event.SubmissionIntended(
            1, "local", 2, List.of(new Event.SubmissionIntended.Member(5, 1))),
        new Event.SubmissionConfirmed(1, "4711"),
        new Event.AttemptStarted(5, 1, TIME, "laptop"),
        new Event.AttemptFailed(5, 1, FAILURE, EXECUTION, TIME),
        new Event.AttemptLost(5, 2, "the engine died"),
        new Event.AttemptDiscarded(5, 3, "cancelled", null),
        new Event.TaskSucceeded(
            5,
            4,
            new Payload.Blob("00aa", 70_000),
            new Origin.Executed(),
            EXECUTION,
            new CacheKey("11bb", Map.of("tool", "22cc"))),
        new Event.TaskSucceeded(6, 0, VALUE, new Origin.Evaluated(), null, null),
        new Event.TaskSucceeded(7, 0, VALUE, new Origin.Cached(RUN, 9), null, null),
        new Event.TaskSucceeded(8, 0, VALUE, new Origin.Adopted(RUN, 9), null, null),
        new Event.TaskFailed(9, 1, FAILURE, null),
        new Event.ScopeSucceeded(4),
        new Event.ScopeFailed(5, FAILURE),
        new Event.NoticeGiven("no container engine"),
        new Event.CancelRequested("enough"),
        new Event.PauseRequested(),
        new Event.PauseEnded(),
        new Event.RunEnded(RunState.CANCELLED, VALUE, FAILURE, List.of("job 4711")));
  }

  /** As they would stand in a journal, from a sequence on. */
  public static List<Envelope> envelopes(long first) {
    List<Envelope> envelopes = new ArrayList<>();
    long sequence = first;
    for (Event event : all()) {
      envelopes.add(new Envelope("default", RUN, sequence++, TIME, "engine", "0.1", event));
    }
    return envelopes;
  }
}
