package io.twinflow.engine.server.seen.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.event.Place;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceOfRunTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final RunId RUN = new RunId("20261120-120000-abcdef");
  private static final RunId BEFORE = new RunId("20261120-110000-abcdef");
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Payload NOTHING = new Payload.Inline(RecordValue.EMPTY);

  private final TraceOfRun trace =
      new TraceOfRun(RUN, START, TraceParent.of("00-" + TRACE + "-00f067aa0ba902b7-01"));
  private long sequence;

  private void at(int second, String instance, Event event) {
    trace.accept(
        new Envelope(
            Envelope.ONLY_TENANT,
            RUN,
            ++sequence,
            START.plusSeconds(second),
            instance,
            "test",
            event));
  }

  private static Event submitted(long batch, long epoch, int attempt) {
    return new Event.SubmissionIntended(
        batch, "local", epoch, List.of(new Event.SubmissionIntended.Member(1, attempt)));
  }

  private Map<String, Span> spans() {
    return trace.spans().stream().collect(Collectors.toMap(Span::name, span -> span));
  }

  /**
   * A retry of an earlier run; its task fails, is lost with its server, and succeeds at another.
   */
  @Test
  void one_trace_goes_through_the_attempts_of_a_task_and_the_servers_of_a_run() {
    at(
        0,
        "one",
        new Event.RunCreated(
            "admin",
            "w",
            "v",
            "d",
            NOTHING,
            Event.RunOptions.DEFAULT,
            Map.of(),
            Optional.of(BEFORE)));
    at(0, "one", new Event.RunOwned(1, "one"));
    at(
        1,
        "one",
        new Event.TaskCreated(1, new Place(0, "step", -1, -1), Event.RecordValueOverrides.NONE));
    at(2, "one", submitted(1, 1, 1));
    at(
        3,
        "one",
        new Event.AttemptFailed(
            1,
            1,
            new Failure(FailureKind.INFRASTRUCTURE, "site.down", "the site is down"),
            null,
            START));
    at(4, "one", submitted(2, 1, 2));
    at(10, "two", new Event.RunOwned(2, "two"));
    at(11, "two", new Event.AttemptLost(1, 2, "its server was killed"));
    at(12, "two", submitted(3, 2, 3));
    assertThat(trace.spans()).as("before the end").isEmpty();
    at(13, "two", new Event.TaskSucceeded(1, 3, NOTHING, new Event.Origin.Executed(), null, null));
    at(14, "two", new Event.RunEnded(RunState.SUCCEEDED, NOTHING, null, List.of()));

    assertThat(trace.trace()).isEqualTo(TRACE);
    Map<String, Span> spans = spans();
    assertThat(spans)
        .containsOnlyKeys("submit w", "run w", "/step", "attempt 1", "attempt 2", "attempt 3");
    Span task = spans.get("/step");
    assertThat(task.start()).isEqualTo(START.plusSeconds(1));
    assertThat(task.end()).isEqualTo(START.plusSeconds(13));
    assertThat(task.problem()).isNull();
    assertThat(task.parent()).isEqualTo(spans.get("run w").id());
    assertThat(spans.get("run w").attributes()).containsEntry("twinflow.continues", BEFORE.value());
    for (String attempt : List.of("attempt 1", "attempt 2", "attempt 3")) {
      assertThat(spans.get(attempt).parent()).as(attempt).isEqualTo(task.id());
    }
    assertThat(spans.get("attempt 1").problem()).contains("the site is down");
    assertThat(spans.get("attempt 2").problem()).contains("its server was killed");
    assertThat(spans.get("attempt 2").end()).isEqualTo(START.plusSeconds(11));
    assertThat(spans.get("attempt 3").problem()).isNull();
    assertThat(spans.values()).extracting(Span::id).doesNotHaveDuplicates();
  }
}
