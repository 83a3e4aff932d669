package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody answers, or nobody is let in, for some time, while jobs run and others are submitted:
 * nothing is lost, and each tool runs once.
 */
@Timeout(900)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmSilenceIT {

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private interface Action {
    void run() throws Exception;
  }

  @TempDir private Path root;
  @TempDir private Path peers;
  private final List<BatchHandle> taken = new ArrayList<>();
  private CountedRuns runs;
  private OwnSlurm slurm;
  private SlurmExecutor executor;
  private Batch next;
  private int batches = 1;
  private int refused;

  @BeforeEach
  void start() throws Exception {
    runs = new CountedRuns(root);
    slurm = OwnSlurm.start(peers, Map.of());
    executor = new SlurmExecutor(slurm.options(root.resolve("shared")));
    next = runs.batch(executor, batches, 3, runs.untilTold());
  }

  @AfterEach
  void stop() throws Exception {
    executor.close();
    slurm.close();
  }

  @Test
  void slurmrestdIsAway() throws Exception {
    silence(this::leave, SHORT, this::comeBack);
  }

  @Test
  @Tag("long")
  void slurmrestdIsAwayForAMinute() throws Exception {
    silence(this::leave, Duration.ofMinutes(1), this::comeBack);
  }

  @Test
  void theTokenHasEnded() throws Exception {
    silence(this::endToken, SHORT, slurm::giveToken);
  }

  /** By then Slurm has forgotten the jobs that have ended. */
  @Test
  @Tag("long")
  void theTokenHasEndedForFiveMinutes() throws Exception {
    silence(this::endToken, Duration.ofMinutes(5), slurm::giveToken);
  }

  private void leave() throws Exception {
    slurm.peer("rest", "kill");
  }

  private void comeBack() throws Exception {
    slurm.peer("rest", "start");
  }

  private void endToken() throws Exception {
    slurm.token.set(slurm.peer("token", "1"));
  }

  private void silence(Action begins, Duration length, Action ends) throws Exception {
    submitUntil(() -> taken.size() == 1);
    BatchHandle before = taken.getFirst();
    runs.awaitStarted(executor, before);
    submitUntil(() -> taken.size() >= 3);
    // A submission may be on its way when it begins.
    CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> unchecked(begins));
    submitUntil(() -> refused > 0);
    begun.join();
    runs.tell();
    AttemptKey waits = next.tasks().getFirst().attempt();
    long since = System.nanoTime();
    submitUntil(() -> System.nanoTime() - since > length.toNanos());
    assertThat(executor.waitsFor(waits)).as("why %s waits", waits).isPresent();
    int then = taken.size();
    ends.run();
    submitUntil(() -> taken.size() >= then + 2);
    for (BatchHandle handle : taken) {
      runs.awaitSuccess(executor, handle);
    }
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() -> slurm.program("squeue", "--noheader").isEmpty());
  }

  private static void unchecked(Action action) {
    try {
      action.run();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** One batch after the other; what was not taken is looked up, and submitted again. */
  private void submitUntil(Callable<Boolean> enough) {
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(BETWEEN)
        .until(() -> {
          submitNext();
          return enough.call();
        });
  }

  private void submitNext() {
    try {
      List<AttemptKey> attempts = next.tasks().stream().map(TaskSpec::attempt).toList();
      Optional<BatchHandle> found = executor.find(next.key(), attempts);
      taken.add(found.isPresent() ? found.get() : executor.submit(next));
      batches++;
      next = runs.batch(executor, batches, 2, "exit 0");
    } catch (SiteException e) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.INFRASTRUCTURE);
      refused++;
    }
  }
}
