package io.twinflow.executors.serverless.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A site gets what it has room for, in the order of coming. */
class FlightsTest {

  private final HandClock clock = new HandClock();
  private final Flights flights =
      new Flights(new Observations(), clock, Limits.DEFAULT.withRoom(4, 1000, 3));

  private Attempt attempt(int task, double cores, long memory) {
    AttemptKey key = new AttemptKey("i", "r", task, 1);
    return new Attempt(
        key, new BatchKey("i", "r", 1), new Call("fake", false, cores, memory), clock.instant());
  }

  private List<Long> admitted() {
    return flights.admitted().stream().map(f -> f.attempt().key().task()).toList();
  }

  private Flight next() throws InterruptedException {
    return flights.next().orElseThrow();
  }

  @Test
  void theFirstThatDoesNotFitHoldsTheOthersBack() throws Exception {
    flights.add(List.of(attempt(1, 2, 10), attempt(2, 4, 10), attempt(3, 1, 10)));
    Flight first = next();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                flights.next();
                flights.next();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(admitted()).containsExactly(1L);
    flights.end(first, new TaskState.Lost("x"));
    while (!admitted().contains(2L)) {
      Thread.onSpinWait();
    }
    assertThat(admitted()).containsExactly(2L);
    flights.close();
    waiting.join();
  }

  @Test
  void callsAndMemoryAreLimitedToo() throws Exception {
    flights.add(IntStream.rangeClosed(1, 4).mapToObj(i -> attempt(i, 0.1, 10)).toList());
    next();
    next();
    next();
    assertThat(admitted()).containsExactly(1L, 2L, 3L);
    flights
        .of(new AttemptKey("i", "r", 1, 1))
        .ifPresent(f -> flights.end(f, new TaskState.Lost("")));
    next();
    assertThat(admitted()).containsExactly(2L, 3L, 4L);
  }

  /** It waits when there is nothing, and again when what has come is not admitted yet. */
  @Test
  @Timeout(60)
  void whoeverLooksIsWokenByAnAdmission() throws Exception {
    Flights impatient =
        new Flights(new Observations(), clock, Limits.DEFAULT.withPoll(Duration.ZERO));
    Thread looking =
        new Thread(() -> {
          try {
            impatient.awaitTurn();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    looking.start();
    awaitWaiting(looking);
    impatient.add(List.of(attempt(1, 1, 1)));
    awaitWaiting(looking);
    impatient.next();
    looking.join();
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anEndIsFinal() throws Exception {
    flights.add(List.of(attempt(1, 1, 1)));
    Flight flight = next();
    flights.end(flight, new TaskState.Lost("first"));
    flights.goesOn(flight, Flight.Phase.SENT, new TaskState.Queued("late"));
    assertThat(flights.isOpen(flight)).isFalse();
    assertThat(flights.of(flight.attempt().key())).isEmpty();
  }
}
