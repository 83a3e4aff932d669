package io.twinflow.engine.server.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.seen.OpenTasks.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTasksTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final OpenTasks tasks = new OpenTasks();
  private long sequence;

  private void at(int second, Event event) {
    tasks.accept(
        new Envelope(
            Envelope.ONLY_TENANT,
            new RunId("20261120-120000-abcdef"),
            ++sequence,
            START.plusSeconds(second),
            "engine",
            "test",
            event));
  }

  private static Event created(long task) {
    return new Event.TaskCreated(
        task,
        new io.twinflow.engine.core.event.Place(0, "step", -1, -1),
        Event.RecordValueOverrides.NONE);
  }

  private static Event submitted(long task, int attempt) {
    return new Event.SubmissionIntended(
        1, "local", 1, List.of(new Event.SubmissionIntended.Member(task, attempt)));
  }

  @Test
  void a_task_is_counted_where_it_stands_and_no_longer_when_it_has_ended() {
    at(0, created(1));
    at(1, created(2));
    assertThat(tasks.count(Stage.WAITING, "")).isEqualTo(2);
    at(2, submitted(1, 1));
    at(3, new Event.AttemptStarted(1, 1, START, "here"));
    assertThat(tasks.count(Stage.WAITING, "")).isEqualTo(1);
    assertThat(tasks.count(Stage.SUBMITTED, "local")).isZero();
    assertThat(tasks.count(Stage.RUNNING, "local")).isEqualTo(1);
    at(4, new Event.AttemptLost(1, 1, "gone"));
    assertThat(tasks.count(Stage.WAITING, "")).isEqualTo(2);
    assertThat(tasks.count(Stage.RUNNING, "local")).isZero();
  }

  @Test
  void the_oldest_is_who_has_waited_longest_since_it_began_to_wait_again() {
    at(0, created(1));
    at(5, created(2));
    Instant now = START.plusSeconds(20);
    assertThat(tasks.oldest(now)).isEqualTo(Duration.ofSeconds(20));
    at(10, submitted(1, 1));
    assertThat(tasks.oldest(now)).isEqualTo(Duration.ofSeconds(15));
    at(12, new Event.AttemptLost(1, 1, "gone"));
    at(13, submitted(2, 1));
    assertThat(tasks.oldest(now)).isEqualTo(Duration.ofSeconds(8));
    at(14, submitted(1, 2));
    assertThat(tasks.oldest(now)).isZero();
  }
}
