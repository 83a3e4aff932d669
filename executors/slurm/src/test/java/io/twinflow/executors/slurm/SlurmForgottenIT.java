package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that the site ends while nobody looks, and has forgotten when somebody does. */
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmForgottenIT {

  @TempDir private Path root;
  @TempDir private Path peers;
  private CountedRuns runs;
  private OwnSlurm slurm;
  private SlurmExecutor remembers;
  private SlurmExecutor plain;

  @BeforeEach
  void start() throws Exception {
    runs = new CountedRuns(root);
    slurm = OwnSlurm.start(peers, Map.of());
    SlurmOptions options = slurm.options(root.resolve("shared"));
    plain = new SlurmExecutor(options);
    remembers =
        new SlurmExecutor(
            options.withHistory(new SlurmOptions.History(slurm.completions(), false)));
  }

  @AfterEach
  void stop() throws Exception {
    plain.close();
    remembers.close();
    slurm.close();
  }

  private BatchHandle started(SlurmExecutor executor, int batch, int tasks) throws Exception {
    BatchHandle handle = executor.submit(runs.batch(executor, batch, tasks, runs.untilTold()));
    runs.awaitStarted(executor, handle);
    return handle;
  }

  private boolean hasRecord(AttemptKey attempt) {
    return Files.exists(BundleFolder.of(root.resolve("shared"), attempt).record());
  }

  @Test
  void whyAToolWasStoppedIsWhatTheSiteCanStillSayAndElseItIsLost() throws Exception {
    BatchHandle known = started(remembers, 1, 2);
    BatchHandle alone = started(plain, 2, 1);
    BatchHandle array = started(plain, 3, 2);
    List<BatchHandle> all = List.of(known, alone, array);
    slurm.peer("rest", "stop");
    slurm.program("scancel", "--user=root");
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() ->
            all.stream().flatMap(handle -> handle.attempts().stream()).allMatch(this::hasRecord)
                && slurm.program("squeue", "--noheader").isEmpty());
    slurm.peer("controller", "forget");
    slurm.peer("rest", "start");
    runs.awaitEnds(remembers, known);
    runs.awaitEnds(plain, alone);
    runs.awaitEnds(plain, array);
    known.attempts().forEach(runs::assertCancelled);
    alone.attempts().forEach(runs::assertCancelled);
    for (AttemptKey attempt : array.attempts()) {
      assertThat(runs.state(attempt).orElseThrow())
          .isInstanceOfSatisfying(
              TaskState.Lost.class,
              lost ->
                  assertThat(lost.reason())
                      .contains("is not known to Slurm any more", "its tool was stopped"));
    }
    for (BatchHandle handle : all) {
      handle.attempts().forEach(attempt -> assertThat(runs.effect(attempt)).hasContent("ran\n"));
    }
  }
}
