package io.twinflow.executors.serverless.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long an attempt is sent that its site does not take. */
@Timeout(120)
class DispatchTest {

  @TempDir private Path root;
  private final HandClock clock = new HandClock();
  private final FakePlatform platform = new FakePlatform();
  private final Observations observations = new Observations();
  private final Limits limits = Limits.DEFAULT.withStartWithin(Duration.ofMinutes(5));
  private final Flights flights = new Flights(observations, clock, limits);
  private final AttemptKey key = new AttemptKey("i", "r", 1, 1);

  @BeforeEach
  void start() throws Exception {
    SharedFolder ground = new SharedFolder("here", root);
    Files.createDirectories(Path.of(ground.attempts().whereabouts(key)));
    Watch watch = new Watch("here", platform, ground, flights, limits, clock);
    new Dispatch("here", platform, flights, watch, limits, clock, false).start();
  }

  @AfterEach
  void stop() {
    flights.close();
  }

  private void add() {
    flights.add(
        List.of(
            new Attempt(
                key, new BatchKey("i", "r", 1), new Call("fake", false, 1, 1), clock.instant())));
  }

  @Test
  void withoutATokenItWaitsHoweverLongThatTakes() {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    AtomicInteger calls = new AtomicInteger();
    platform.sending =
        attempt -> {
          clock.pass(Duration.ofHours(100));
          if (calls.incrementAndGet() < 3) {
            throw NoAccess.because("the token is over", null);
          }
          taken.complete(observations.of(key).orElseThrow() instanceof TaskState.Queued);
          return new Sent.Taken();
        };
    add();
    assertThat(taken.join()).isTrue();
    assertThat(observations.of(key).orElseThrow()).isInstanceOf(TaskState.Queued.class);
  }

  @Test
  void whatIsNotTakenForTooLongIsGivenUpInTheSitesWords() throws Exception {
    platform.sending =
        attempt -> {
          clock.pass(Duration.ofMinutes(6));
          throw new SiteException(
              Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, "no route to the gateway");
        };
    add();
    assertThat(observations.awaitEnd(key, Duration.ofMinutes(1))).isTrue();
    assertThat(observations.of(key).orElseThrow())
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            ended ->
                assertThat(ended.result().outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("no route to the gateway")));
  }

  @Test
  void whatASiteTakesOnlyWhenItsTimeIsOverIsGivenUpAtOnce() throws Exception {
    platform.sending = attempt -> new Sent.Later(Duration.ofDays(400), "closed for repairs", false);
    add();
    assertThat(observations.awaitEnd(key, Duration.ofMinutes(1))).isTrue();
    assertThat(((TaskState.Ended) observations.of(key).orElseThrow()).result().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
              assertThat(failed.reason()).contains("closed for repairs", "300 s");
            });
  }
}
