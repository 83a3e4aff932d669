package io.twinflow.executors.serverless.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.BundleFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt's folder and the site's words mean together. */
class WatchTest {

  @TempDir private Path root;
  private final HandClock clock = new HandClock();
  private final FakePlatform platform = new FakePlatform();
  private final Observations observations = new Observations();
  private final Limits limits =
      Limits.DEFAULT
          .withStartWithin(Duration.ofMinutes(5))
          .withEndWithin(Duration.ofHours(2))
          .withSettle(Duration.ofSeconds(10));
  private final Flights flights = new Flights(observations, clock, limits);
  private Watch watch;
  private BundleFolder folder;
  private SharedFolder ground;
  private Flight flight;
  private Attempt attempt;

  @BeforeEach
  void send() throws Exception {
    AttemptKey key = new AttemptKey("i", "r", 1, 1);
    ground = new SharedFolder("here", root);
    watch = new Watch("here", platform, ground, flights, limits, clock);
    folder = BundleFolder.of(ground.root(), key);
    Files.createDirectories(folder.path());
    attempt =
        new Attempt(key, new BatchKey("i", "r", 1), new Call("fake", false, 1, 1), clock.instant());
    flights.add(List.of(attempt));
    flight = flights.next().orElseThrow();
    flights.goesOn(flight, Flight.Phase.SENT, new TaskState.Queued("sent"));
  }

  private void claim() throws Exception {
    Files.createDirectory(folder.path().resolve("claim"));
    watch.look(flight);
  }

  private void record(String lines) throws Exception {
    Files.writeString(folder.record(), lines + "\nhost=h\nended=1767225600\nsiteId=s\n(whole)\n");
  }

  private TaskState told() {
    return observations.of(attempt.key()).orElseThrow();
  }

  private Outcome.Failed failure() {
    assertThat(told()).isInstanceOf(TaskState.Ended.class);
    return (Outcome.Failed) ((TaskState.Ended) told()).result().outcome();
  }

  @Test
  void aClaimShowsThatItRunsAndARecordHowItEnded() throws Exception {
    claim();
    assertThat(told()).isInstanceOf(TaskState.Running.class);
    record("code=7");
    watch.look(flight);
    assertThat(((TaskState.Ended) told()).result().outcome()).isEqualTo(new Outcome.Exited(7));
  }

  @Test
  void whatDoesNotStartInTimeNeverStarts() {
    clock.pass(Duration.ofMinutes(5).plusSeconds(1));
    watch.look(flight);
    assertThat(failure().kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    assertThat(failure().reason()).contains("300 s").contains("the queue is long");
    assertThat(folder.isClaimed()).isTrue();
  }

  @Test
  void whyTheSiteHasNotStartedItIsAskedAndSaid() {
    watch.askWhyNot(flights.admitted());
    assertThat(told()).isEqualTo(new TaskState.Queued("sent"));
    clock.pass(Duration.ofSeconds(6));
    watch.askWhyNot(flights.admitted());
    assertThat(told())
        .isEqualTo(
            new TaskState.Queued("site here has it, and has not started it: the queue is long"));
  }

  @Test
  void whatLeavesNoResultInTheLongestTimeIsLost() throws Exception {
    claim();
    clock.pass(Duration.ofHours(2).plusSeconds(1));
    watch.look(flight);
    assertThat(told())
        .isInstanceOfSatisfying(
            TaskState.Lost.class, lost -> assertThat(lost.reason()).contains("7200 s"));
  }

  @Test
  void aResultMayBeLaterThanTheSitesWords() throws Exception {
    claim();
    watch.over(flight, "job x ended");
    clock.pass(Duration.ofSeconds(9));
    watch.look(flight);
    assertThat(told()).isInstanceOf(TaskState.Running.class);
    record("code=0");
    clock.pass(Duration.ofSeconds(9));
    watch.look(flight);
    assertThat(((TaskState.Ended) told()).result().outcome()).isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void whatIsOverWithoutAResultIsLostInTheSitesWords() throws Exception {
    claim();
    watch.over(flight, "job x ended");
    clock.pass(Duration.ofSeconds(11));
    watch.look(flight);
    assertThat(told()).isEqualTo(new TaskState.Lost("job x ended"));
  }

  @Test
  void whatIsOverAndNeverStartedIsAMistakeOfWhoDeployedIt() {
    watch.over(flight, "answered and did nothing");
    clock.pass(Duration.ofSeconds(11));
    watch.look(flight);
    assertThat(failure().kind()).isEqualTo(FailureKind.USER);
    assertThat(failure().reason()).isEqualTo("answered and did nothing");
  }

  @Test
  void whatASiteStopsIsLostAndWhatWasAskedToStopIsCancelled() throws Exception {
    claim();
    record("kind=CANCELLED\nreason=told to stop");
    watch.look(flight);
    assertThat(told()).isEqualTo(new TaskState.Lost("site here stopped it"));
  }

  @Test
  void whatWasAskedToStopIsCancelled() throws Exception {
    claim();
    ground.askToStop(attempt, clock.instant());
    record("kind=CANCELLED\nreason=told to stop");
    watch.look(flight);
    assertThat(failure()).isEqualTo(new Outcome.Failed(FailureKind.CANCELLED, "cancelled"));
  }

  @Test
  void whatDoesNotHeedIsStoppedByTheSite() throws Exception {
    claim();
    flights.with(
        flight,
        f -> {
          f.askToStop(clock.instant());
          return true;
        });
    clock.pass(Duration.ofSeconds(19));
    watch.look(flight);
    assertThat(platform.stopped).isEmpty();
    clock.pass(Duration.ofSeconds(2));
    watch.look(flight);
    assertThat(platform.stopped).containsExactly(attempt);
    assertThat(told()).isInstanceOf(TaskState.Running.class);
  }
}
