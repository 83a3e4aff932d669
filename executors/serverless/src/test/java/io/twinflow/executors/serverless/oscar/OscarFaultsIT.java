package io.twinflow.executors.serverless.oscar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.Trial;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens at a stand-in, see {@link OscarStandIn}: nothing is lost, no tool runs twice. */
@Timeout(180)
class OscarFaultsIT {

  @TempDir private Path folder;
  private final AtomicReference<String> token = new AtomicReference<>(OscarStandIn.BEARER);
  private final List<Executor> open = new ArrayList<>();
  private OscarStandIn oscar;
  private Trial trial;

  @BeforeEach
  void start() {
    oscar = new OscarStandIn();
    trial = new Trial(folder);
  }

  @AfterEach
  void stop() {
    open.forEach(Executor::close);
    oscar.close();
  }

  private OscarOptions options() {
    return OscarOptions.at(
            oscar.uri(), new OscarOptions.Access.Bearer(token::get), folder.resolve("shared"))
        .withLimits(
            Limits.DEFAULT.withPoll(Duration.ofMillis(100)).withSettle(Duration.ofSeconds(1)));
  }

  private Executor open(OscarOptions options) {
    Executor executor = OscarSite.open(options);
    open.add(executor);
    return executor;
  }

  private static ContainerSpec image(String name) {
    return ContainerSpec.pull(name, null);
  }

  @Test
  void toolsThatAskForTheSameShareAServiceAndOthersGetTheirOwn() throws Exception {
    Executor executor = open(options());
    BatchHandle handle =
        executor.submit(
            trial.batch(
                trial.task(executor, "true", image("org/one:1")),
                trial.task(executor, "true", image("org/one:1")),
                trial.task(executor, "true", image("org/one:1")).memoryMiB(999),
                trial.task(executor, "true", image("org/two:1"))));
    trial.succeeds(executor, handle);
    assertThat(oscar.services())
        .hasSize(3)
        .allSatisfy(s -> assertThat(s.path("labels").has(Definition.INSTALLATION)).isTrue());
    assertThat(oscar.count("POST /system/services")).isEqualTo(3);
    assertThat(oscar.count("POST /job/")).isEqualTo(4);
  }

  @Test
  void aToolOfAnImageHasTheImagesEnvironmentAndAnotherHasNot() throws Exception {
    Executor executor = open(options());
    BatchHandle handle =
        executor.submit(
            trial.batch(
                trial.task(executor, "[ \"$OF_THE_IMAGE\" = org/one:1 ]", image("org/one:1")),
                trial.task(executor, "[ -z \"${OF_THE_IMAGE:-}\" ]")));
    trial.succeeds(executor, handle);
  }

  @Test
  void aServiceThatSomebodyChangedIsMendedAndOneThatIsGoneIsMadeAgain() throws Exception {
    Executor first = open(options());
    trial.succeeds(first, first.submit(trial.batch(trial.task(first, "true"))));
    oscar.services().getFirst().put("image", "somebody/else:1");
    Executor second = open(options());
    trial.succeeds(second, second.submit(trial.batch(trial.task(second, "true"))));
    assertThat(oscar.count("PUT /system/services")).isEqualTo(1);
    oscar.dropServices();
    trial.succeeds(second, second.submit(trial.batch(trial.task(second, "true"))));
    assertThat(oscar.count("POST /system/services")).isEqualTo(2);
  }

  @Test
  void aCallWhoseAnswerWasLostStartsASecondJobAndNoSecondRun() throws Exception {
    oscar.loseAnswers(2);
    Executor executor = open(options());
    trial.succeeds(executor, executor.submit(trial.batch(trial.task(executor, "sleep 0.3"))));
  }

  @Test
  void withNamesOfOurOwnALostAnswerStartsNoSecondJob() throws Exception {
    oscar.loseAnswers(2);
    Executor executor = open(options().withOwnJobNames());
    BatchHandle handle = executor.submit(trial.batch(trial.task(executor, "sleep 0.3")));
    trial.succeeds(executor, handle);
    assertThat(oscar.jobs())
        .singleElement()
        .satisfies(job ->
            assertThat(handle.attempts()).extracting(AttemptKey::value).contains(job.name()));
  }

  @Test
  void aPodThatIsKilledIsStartedAgainByOscarAndItsToolIsNot() throws Exception {
    Executor executor = open(options());
    TaskBuilder task = trial.task(executor, "sleep 600");
    BatchHandle handle = executor.submit(trial.batch(task));
    trial.until(executor, handle, Trial::runs);
    trial.untilToolRuns(task.build().attempt());
    oscar.jobs().getFirst().killPod();
    TaskState end = trial.end(executor, handle, task.build().attempt());
    assertThat(end)
        .isInstanceOfSatisfying(
            TaskState.Lost.class, lost -> assertThat(lost.reason()).contains("Succeeded"));
    assertThat(trial.runs(task.build().attempt())).isEqualTo(1);
  }

  @Test
  void jobsAreFoundOnAllPagesAndAskedForSeldom() throws Exception {
    Executor executor = open(options().withLimits(options().limits().withRoom(1000, 100_000, 200)));
    TaskBuilder[] many =
        IntStream.range(0, 75)
            .mapToObj(i -> trial.task(executor, "true"))
            .toArray(TaskBuilder[]::new);
    trial.succeeds(executor, executor.submit(trial.batch(many)));
    TaskBuilder last = trial.task(executor, "sleep 600");
    BatchHandle handle = executor.submit(trial.batch(last));
    trial.until(executor, handle, Trial::runs);
    oscar.jobs().getLast().killPod();
    assertThat(trial.end(executor, handle, last.build().attempt()))
        .isInstanceOf(TaskState.Lost.class);
  }

  @Test
  void anImageThatCannotBePulledEndsWhenItsTimeToStartIsOver() throws Exception {
    Executor executor =
        open(options().withLimits(options().limits().withStartWithin(Duration.ofSeconds(1))));
    TaskBuilder task = trial.task(executor, "true", image(OscarStandIn.NO_IMAGE));
    BatchHandle handle = executor.submit(trial.batch(task));
    Outcome.Failed failed = Trial.failure(trial.end(executor, handle, task.build().attempt()));
    assertThat(failed.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    assertThat(failed.reason()).contains("did not start it within 1 s").contains("Pending");
  }

  @Test
  void whatOscarRefusesFailsTheStepInItsWords() throws Exception {
    oscar.refuseServices("Error creating service x: workload is NOT admitted");
    Executor executor = open(options());
    TaskBuilder task = trial.task(executor, "true");
    BatchHandle handle = executor.submit(trial.batch(task));
    Outcome.Failed failed = Trial.failure(trial.end(executor, handle, task.build().attempt()));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains("workload is NOT admitted");
  }

  @Test
  void aTokenThatIsRefusedParksTheWork() throws Exception {
    token.set("expired");
    Executor executor = open(options());
    BatchHandle handle = executor.submit(trial.batch(trial.task(executor, "true")));
    trial.untilHeard(executor, handle, "401");
    token.set(OscarStandIn.BEARER);
    trial.succeeds(executor, handle);
  }

  @Test
  void everyCallHasTheTokenThatIsGoodThen() throws Exception {
    Executor executor = open(options());
    trial.succeeds(executor, executor.submit(trial.batch(trial.task(executor, "true"))));
    oscar.trust("second");
    token.set("second");
    trial.succeeds(
        executor, executor.submit(trial.batch(trial.task(executor, "true", image("org/other:1")))));
    assertThat(trial.heard()).noneMatch(words -> words.contains("401"));
  }

  @Test
  void aTokenThatIsOverWhileJobsRunFailsNothingAndNothingRunsTwice() throws Exception {
    Executor executor = open(options());
    TaskBuilder killed = trial.task(executor, "sleep 600");
    BatchHandle first = executor.submit(trial.batch(killed));
    trial.until(executor, first, Trial::runs);
    trial.untilToolRuns(killed.build().attempt());
    oscar.trust("second");
    BatchHandle waiting =
        executor.submit(trial.batch(trial.task(executor, "true", image("org/other:1"))));
    // Neither may OSCAR be asked what became of a job, nor is a service made.
    oscar.jobs().getFirst().killPod();
    trial.untilHeard(executor, waiting, "HTTP 401");
    token.set("second");
    trial.succeeds(executor, waiting);
    assertThat(trial.end(executor, first, killed.build().attempt()))
        .isInstanceOf(TaskState.Lost.class);
    assertThat(trial.runs(killed.build().attempt())).isEqualTo(1);
  }

  @Test
  void whatIsReleasedLeavesNeitherJobsNorUnusedServices() throws Exception {
    Executor executor = open(options().withKeep(Duration.ZERO));
    Batch batch = trial.batch(trial.task(executor, "true"));
    trial.succeeds(executor, executor.submit(batch));
    List<AttemptKey> attempts = batch.tasks().stream().map(t -> t.attempt()).toList();
    // By the file system's clock the service may have been needed a moment later than now.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          executor.release(attempts);
          return oscar.services().isEmpty();
        });
    assertThat(oscar.jobs()).isEmpty();
  }

  @Test
  void anAdministratorIsToldWhatAnswersAndWhoIsRefused() {
    assertThat(open(options()).check())
        .allMatch(f -> f.level() == Finding.Level.GOOD)
        .anyMatch(f -> f.found().contains("OSCAR stand-in"));
    token.set("expired");
    assertThat(open(options()).check())
        .anyMatch(f -> f.level() == Finding.Level.PROBLEM && f.found().contains("refused"));
  }
}
