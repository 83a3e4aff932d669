package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** With a real slurmdbd, which remembers jobs and knows what users may have. */
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmAccountingIT {

  @TempDir private static Path peers;
  private static @Nullable OwnSlurm slurm;

  @TempDir private Path root;
  private CountedRuns runs;
  private final Map<String, SlurmExecutor> executors = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        "true".equals(System.getenv("CI")) || Path.of("/usr/sbin/slurmdbd").toFile().exists(),
        "no slurmdbd: apt-get install slurmdbd slurm-wlm-mysql-plugin mariadb-server-core mariadb-client-core");
    slurm = OwnSlurm.start(peers, Map.of("TWINFLOW_SLURM_ACCOUNTING", "kept"));
  }

  @BeforeEach
  void count() {
    runs = new CountedRuns(root);
  }

  @AfterEach
  void close() {
    executors.values().forEach(SlurmExecutor::close);
  }

  @AfterAll
  static void stop() throws Exception {
    if (slurm != null) {
      slurm.close();
    }
  }

  private SlurmExecutor open(String qos) {
    SlurmOptions.Jobs plain = SlurmOptions.Jobs.PLAIN;
    return executors.computeIfAbsent(
        qos,
        name ->
            new SlurmExecutor(
                slurm
                    .options(root.resolve("shared"))
                    .withHistory(new SlurmOptions.History(null, true))
                    .withJobs(
                        new SlurmOptions.Jobs(
                            plain.partition(),
                            "twins",
                            name,
                            plain.constraint(),
                            plain.licenses(),
                            plain.throttle(),
                            plain.maxArraySize(),
                            plain.gpu(),
                            plain.time(),
                            plain.more()))));
  }

  @Test
  void slurmdbdSaysHowJobsEndedThatTheControllerHasForgotten() throws Exception {
    SlurmExecutor executor = open("normal");
    BatchHandle alone = executor.submit(runs.batch(executor, 1, 1, runs.untilTold()));
    BatchHandle array = executor.submit(runs.batch(executor, 2, 2, runs.untilTold()));
    runs.awaitStarted(executor, alone);
    runs.awaitStarted(executor, array);
    slurm.peer("rest", "stop");
    slurm.program("scancel", "--user=root");
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() ->
            slurm
                    .program("sacct", "--noheader", "--allocations", "--format=jobname%64,state")
                    .lines()
                    .filter(line -> line.contains(alone.key().run()))
                    .filter(line -> line.contains("CANCELLED"))
                    .count()
                == 3);
    slurm.peer("controller", "forget");
    slurm.peer("rest", "start");
    for (BatchHandle handle : List.of(alone, array)) {
      runs.awaitEnds(executor, handle);
      for (AttemptKey attempt : handle.attempts()) {
        runs.assertCancelled(attempt);
        assertThat(runs.effect(attempt)).hasContent("ran\n");
      }
    }
  }

  @Test
  void whoHasAllJobsThatHeMayHaveWaitsForThem() throws Exception {
    SlurmExecutor executor = open("one");
    BatchHandle first = executor.submit(runs.batch(executor, 1, 1, runs.untilTold()));
    runs.awaitStarted(executor, first);
    Batch more = runs.batch(executor, 2, 3, "true");
    assertThatThrownBy(() -> executor.submit(more))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
              assertThat(e.certainty()).isEqualTo(Certainty.NOTHING_HAPPENED);
              assertThat(e).hasMessageContainingAll("no more jobs of user root", "QOS policy");
            });
    assertThat(executor.waitsFor(runs.attempt(2, 1)).orElseThrow()).contains("QOS policy");
    runs.tell();
    runs.awaitSuccess(executor, first);
    // An array of three is more than one at a time: it goes in parts, each when there is room.
    await().atMost(CountedRuns.PATIENCE).until(() -> isTaken(executor, more));
    runs.awaitSuccess(executor, executor.submit(more));
  }

  private static boolean isTaken(SlurmExecutor executor, Batch batch) {
    try {
      executor.submit(batch);
      return true;
    } catch (SiteException e) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(FailureKind.INFRASTRUCTURE);
      return false;
    }
  }

  @Test
  void whatTheAccountNeverAllowsFailsAtOnceAndWhatItHoldsWaitsInSlurmsWords() throws Exception {
    SlurmExecutor never = open("none");
    assertThatThrownBy(() -> never.submit(runs.batch(never, 1, 2, "true")))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.RESOURCES);
              assertThat(e).hasMessageContaining("QOS policy");
            });
    SlurmExecutor closed = open("closed");
    BatchHandle waits = closed.submit(runs.batch(closed, 2, 1, "true"));
    await()
        .atMost(CountedRuns.PATIENCE)
        .until(() -> closed.waitsFor(runs.attempt(2, 1)).orElse("").contains("QOSGrpJobsLimit"));
    closed.cancel(waits.attempts());
    runs.awaitEnds(closed, waits);
  }
}
