package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens at a real site: nothing is lost, and no tool runs twice; the tool counts its runs.
 */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmFaultsIT {

  @TempDir private Path root;
  @TempDir private Path peers;
  private final List<SlurmExecutor> open = new ArrayList<>();
  private CountedRuns runs;
  private OwnSlurm slurm;

  private SlurmExecutor open() {
    return open(SlurmOptions.Jobs.PLAIN);
  }

  private SlurmExecutor open(SlurmOptions.Jobs jobs) {
    SlurmExecutor executor =
        new SlurmExecutor(slurm.options(root.resolve("shared")).withJobs(jobs));
    open.add(executor);
    return executor;
  }

  @BeforeEach
  void start() throws Exception {
    runs = new CountedRuns(root);
    slurm = OwnSlurm.start(peers, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    open.forEach(SlurmExecutor::close);
    slurm.close();
  }

  /** It may come back without its newest jobs, and have the node kill what it does not know. */
  @Test
  void aControllerThatIsKilledWhileJobsRunLeavesNoneOpenAndStartsNoneAgain() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(runs.batch(executor, 1, 5, runs.untilTold()));
    runs.awaitStarted(executor, handle);
    slurm.peer("controller", "kill");
    slurm.peer("controller", "start");
    runs.tell();
    runs.awaitEnds(executor, handle);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(runs.effect(attempt)).hasContent("ran\n");
      if (runs.state(attempt).orElseThrow() instanceof TaskState.Ended end) {
        assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0));
      }
    }
  }

  @Test
  void jobsThatEndWhileNobodyAnswersAreKnownByTheirResults() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(runs.batch(executor, 1, 5, runs.untilTold()));
    runs.awaitRunning(executor, handle);
    slurm.peer("rest", "kill");
    runs.tell();
    assertThatThrownBy(() -> executor.submit(runs.batch(executor, 2, 1, "sleep 0")))
        .isInstanceOf(SiteException.class)
        // On a connection that was open before, it was perhaps heard.
        .message()
        .containsAnyOf("does not answer", "was not answered");
    slurm.peer("rest", "start");
    runs.awaitSuccess(executor, handle);
    // What could not be submitted then is submitted when it is asked for again.
    runs.awaitSuccess(executor, executor.submit(runs.batch(executor, 2, 1, "sleep 0")));
  }

  @Test
  void anEngineThatDiedAfterItSubmittedIsFollowedByOneThatSubmitsNothing() throws Exception {
    SlurmExecutor first = open();
    Batch batch = runs.batch(first, 1, 5, "sleep 1");
    first.submit(batch);
    first.close();
    try (var files = Files.newDirectoryStream(root.resolve("shared/batches"), "*")) {
      // As if the answer had been lost: the id was never written down.
      for (Path folder : files) {
        Files.delete(folder.resolve("part-0.job"));
      }
    }
    SlurmExecutor second = open();
    BatchHandle found =
        second
            .find(batch.key(), batch.tasks().stream().map(TaskSpec::attempt).toList())
            .orElseThrow();
    assertThat(found.siteId()).isEqualTo(first.submit(batch).siteId());
    runs.awaitSuccess(second, found);
  }

  @Test
  void aJobWhoseAnswerWasLostIsFoundByWhatItWasSubmittedAs() throws Exception {
    SlurmExecutor first = open();
    Batch batch = runs.batch(first, 1, 1, "sleep 1");
    BatchHandle submitted = first.submit(batch);
    first.close();
    Ledger ledger = Ledger.of(root.resolve("shared"));
    Path notes = new SingleNotes(ledger, batch.key()).find().orElseThrow().file();
    String written = Files.readString(notes);
    Files.writeString(
        notes, written.substring(0, written.lastIndexOf("job " + batch.key().value())));
    SlurmExecutor second = open();
    BatchHandle found = second.find(batch.key(), submitted.attempts()).orElseThrow();
    assertThat(found.siteId()).isEqualTo(submitted.siteId());
    runs.awaitSuccess(second, found);
  }

  @Test
  void aTaskThatWasWrittenDownAndNeverSubmittedIsSubmittedByWhoComesNext() throws Exception {
    SlurmExecutor executor = open();
    Batch batch = runs.batch(executor, 1, 1, "exit 0");
    SlurmOptions options = slurm.options(root.resolve("shared"));
    try (SlurmRest rest = new SlurmRest(options)) {
      Cluster cluster = new Cluster(new Slurm(rest, options.jobs()));
      new WriteBatch(Ground.of(options), options, cluster, Clock.systemUTC()).of(batch);
    }
    runs.awaitSuccess(
        executor,
        executor.find(batch.key(), List.of(batch.tasks().getFirst().attempt())).orElseThrow());
  }

  /** It made a folder for each attempt, and one for each batch. */
  @Test
  void aTaskThatAnEarlierVersionWroteDownIsSubmittedByThisOne() throws Exception {
    SlurmExecutor executor = open();
    TaskSpec task = runs.batch(executor, 1, 1, "exit 0").tasks().getFirst();
    Ground ground = Ground.of(slurm.options(root.resolve("shared")));
    ground.attempts().write(task);
    ground.write(
        runs.key(1),
        List.of(ground.name(task.attempt())),
        new Parts(runs.key(1), ground, SlurmOptions.Jobs.PLAIN).of(List.of(task)));
    runs.awaitSuccess(executor, executor.find(runs.key(1), List.of(task.attempt())).orElseThrow());
  }

  /** As if an answer had been lost, and nobody had looked. */
  @Test
  void aJobThatTheSiteHasTwiceRunsItsToolsOnce() throws Exception {
    SlurmExecutor executor = open();
    Batch batch = runs.batch(executor, 1, 3, runs.untilTold());
    BatchHandle handle = executor.submit(batch);
    runs.awaitStarted(executor, handle);
    Path shared = root.resolve("shared");
    Ground ground = Ground.of(slurm.options(shared));
    BatchContent content = ground.notes(batch.key()).read();
    Submission again = content.parts().getFirst();
    try (SlurmRest rest = new SlurmRest(slurm.options(shared))) {
      String other =
          Long.toString(
              new Slurm(rest, SlurmOptions.Jobs.PLAIN)
                  .submit(again, ground.environment(batch.key(), content, again)));
      assertThat(other).isNotEqualTo(handle.siteId());
      // It finds each attempt claimed, and ends while the first one runs.
      await()
          .atMost(CountedRuns.PATIENCE)
          .until(() -> slurm.program("squeue", "--noheader", "--jobs=" + other).isEmpty());
    }
    runs.tell();
    runs.awaitSuccess(executor, handle);
  }

  @Test
  void aJobThatTheSiteStartsAnewDoesNotRunItsToolAgain() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(runs.batch(executor, 1, 1, runs.untilTold()));
    runs.awaitStarted(executor, handle);
    slurm.program("scontrol", "requeue", handle.siteId());
    runs.awaitEnds(executor, handle);
    AttemptKey attempt = runs.attempt(1, 1);
    assertThat(runs.state(attempt).orElseThrow())
        .isInstanceOfSatisfying(
            TaskState.Lost.class, lost -> assertThat(lost.reason()).contains("Slurm stopped job"));
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() -> slurm.program("squeue", "--noheader").isEmpty());
    assertThat(runs.effect(attempt)).hasContent("ran\n");
  }

  @Test
  void aTokenThatIsRefusedFailsNothing() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(runs.batch(executor, 1, 3, runs.untilTold()));
    slurm.token.set("expired");
    await()
        .atMost(CountedRuns.PATIENCE)
        .untilAsserted(() ->
            assertThatThrownBy(
                    () -> {
                      while (true) {
                        executor.observe(List.of(handle), Duration.ofSeconds(2));
                      }
                    })
                .isInstanceOfSatisfying(
                    SiteException.class,
                    e -> assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE)));
    runs.tell();
    slurm.giveToken();
    runs.awaitSuccess(executor, handle);
  }

  @Test
  void aPartitionThatIsNotThereIsRefusedInSlurmsWords() {
    SlurmExecutor executor = open(SlurmOptions.Jobs.PLAIN.inPartition("nowhere"));
    assertThatThrownBy(() -> executor.submit(runs.batch(executor, 1, 1, "sleep 0")))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.USER);
              assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
              assertThat(e).hasMessageContaining("Invalid partition name");
            });
  }
}
