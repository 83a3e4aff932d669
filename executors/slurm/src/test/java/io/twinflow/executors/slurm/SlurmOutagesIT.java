package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** What a site goes through while work is there: it waits, says why, and is done once. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmOutagesIT {

  @TempDir private Path root;
  @TempDir private Path peers;
  private final List<SlurmExecutor> open = new ArrayList<>();
  private CountedRuns runs;
  private OwnSlurm slurm;

  private SlurmExecutor open(SlurmOptions options) {
    SlurmExecutor executor = new SlurmExecutor(options);
    open.add(executor);
    return executor;
  }

  private SlurmOptions options() {
    return slurm.options(root.resolve("shared"));
  }

  @BeforeEach
  void start() throws Exception {
    runs = new CountedRuns(root);
    slurm = OwnSlurm.start(peers, Map.of("TWINFLOW_SLURM_MAX_ARRAY_SIZE", "5"));
  }

  @AfterEach
  void stop() throws Exception {
    open.forEach(SlurmExecutor::close);
    slurm.close();
  }

  @Test
  void workOfADrainedNodeIsTakenSaysWhyItWaitsAndRunsOnceLater() throws Exception {
    SlurmExecutor executor = open(options());
    BatchHandle before = executor.submit(runs.batch(executor, 1, 2, runs.untilTold()));
    runs.awaitRunning(executor, before);
    slurm.peer("node", "drain");
    BatchHandle after = executor.submit(runs.batch(executor, 2, 2, "exit 0"));
    runs.tell();
    runs.awaitSuccess(executor, before);
    await()
        .atMost(CountedRuns.PATIENCE)
        .untilAsserted(() -> {
          runs.observe(executor, after);
          assertThat(executor.waitsFor(runs.attempt(2, 1)))
              .hasValueSatisfying(why -> assertThat(why).contains("waits at Slurm: "));
        });
    slurm.peer("node", "resume");
    runs.awaitSuccess(executor, after);
  }

  @Test
  void workWaitsWithAReasonWhileATokenHasEnded() throws Exception {
    SlurmExecutor executor = open(options());
    executor.capabilities();
    BatchHandle before = executor.submit(runs.batch(executor, 1, 2, runs.untilTold()));
    runs.awaitRunning(executor, before);
    slurm.token.set(slurm.peer("token", "1"));
    AttemptKey late = runs.attempt(2, 1);
    Batch batch = runs.batch(executor, 2, 2, "exit 0");
    awaitRefusal(executor, before);
    assertThatThrownBy(() -> executor.submit(batch))
        .isInstanceOfSatisfying(
            SiteException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE));
    assertThat(executor.waitsFor(late))
        .hasValueSatisfying(why -> assertThat(why).contains("the token of user root"));
    runs.tell();
    slurm.giveToken();
    runs.awaitSuccess(executor, before);
    runs.awaitSuccess(executor, executor.submit(batch));
    assertThat(executor.waitsFor(late)).isEmpty();
  }

  private static void awaitRefusal(SlurmExecutor executor, BatchHandle handle) {
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() -> {
          try {
            executor.observe(List.of(handle), Duration.ofMillis(200));
            return false;
          } catch (SiteException e) {
            return e.kind() == FailureKind.INFRASTRUCTURE;
          }
        });
  }

  @Test
  void anArrayLargerThanTheSiteTakesIsSplitAndEachTaskRunsOnce() throws Exception {
    SlurmExecutor executor = open(options());
    BatchHandle handle = executor.submit(runs.batch(executor, 1, 13, "exit 0"));
    assertThat(handle.siteId().split(",", -1)).hasSizeGreaterThan(3);
    runs.awaitSuccess(executor, handle);
  }

  /** What nobody but the site's own record of completed jobs can tell. */
  @Test
  void aJobThatTheControllerHasForgottenIsKnownByTheRecordOfCompletedJobs() throws Exception {
    SlurmExecutor executor =
        open(options().withHistory(new SlurmOptions.History(slurm.completions(), false)));
    AttemptKey attempt = runs.attempt(1, 1);
    String dies = runs.untilTold() + "; kill -KILL $PPID";
    BatchHandle handle =
        executor.submit(
            new Batch(runs.key(1), List.of(runs.task(executor, attempt, dies).build())));
    runs.awaitRunning(executor, handle);
    slurm.peer("rest", "stop");
    runs.tell();
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() -> Files.readString(slurm.completions()).contains(runs.key(1).value()));
    slurm.peer("controller", "forget");
    slurm.peer("rest", "start");
    runs.awaitEnds(executor, handle);
    assertThat(runs.state(attempt).orElseThrow())
        .isInstanceOfSatisfying(
            TaskState.Lost.class,
            lost -> assertThat(lost.reason()).contains("ended as FAILED", "left no result"));
  }

  @Test
  void anArrayWithWaitingTasksIsCancelledByOneCall() throws Exception {
    try (CountingProxy proxy = new CountingProxy(slurm.uri())) {
      SlurmOptions jobs = options();
      SlurmExecutor executor =
          open(
              new SlurmOptions(
                  jobs.site(),
                  proxy.uri(),
                  jobs.user(),
                  jobs.tokens(),
                  jobs.files(),
                  new SlurmOptions.Jobs(null, null, null, null, null, 2, 5, null, null, Map.of()),
                  jobs.poll(),
                  null,
                  jobs.history()));
      BatchHandle handle = executor.submit(runs.batch(executor, 1, 4, "sleep 300"));
      // A job that runs has not started its tool yet.
      await()
          .atMost(CountedRuns.PATIENCE)
          .until(() -> {
            runs.observe(executor, handle);
            return runs.started(handle) == 2;
          });
      executor.cancel(handle.attempts());
      runs.awaitEnds(executor, handle);
      assertThat(proxy.count("DELETE")).as("%s", proxy.calls()).isEqualTo(1);
      for (AttemptKey attempt : handle.attempts()) {
        runs.assertCancelled(attempt);
      }
      assertThat(runs.started(handle)).as("tools that started").isEqualTo(2);
    }
  }
}
