package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** GPUs, ranks and licences are asked for so that the real Slurm gives them, or says why not. */
@ResourceLock(value = ExecutorContract.WHOLE_SITE, mode = ResourceAccessMode.READ)
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmResourcesIT {

  @TempDir private Path root;
  private final List<SlurmExecutor> open = new ArrayList<>();
  private CountedRuns runs;
  private int number;

  @BeforeEach
  void begin() {
    runs = new CountedRuns(root);
  }

  @AfterEach
  void close() {
    open.forEach(SlurmExecutor::close);
  }

  private static SlurmOptions.Jobs jobs(
      String constraint, String licenses, String gpu, Map<String, String> more) {
    return new SlurmOptions.Jobs(null, null, null, constraint, licenses, 0, 1001, gpu, null, more);
  }

  private SlurmExecutor open(SlurmOptions.Jobs jobs) {
    SlurmExecutor executor =
        new SlurmExecutor(PeerSlurm.options(root.resolve("shared")).withJobs(jobs)).withKnownSize();
    open.add(executor);
    return executor;
  }

  private TaskBuilder task(SlurmExecutor executor, String script) {
    number++;
    return runs.task(executor, runs.attempt(1, number), script);
  }

  private String said(SlurmExecutor executor, TaskBuilder task) throws Exception {
    AttemptKey attempt = task.build().attempt();
    BatchHandle handle = executor.submit(new Batch(runs.key(1), List.of(task.build())));
    runs.awaitSuccess(executor, handle);
    try (InputStream log = executor.log(attempt, LogStream.STDOUT)) {
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void refused(SlurmOptions.Jobs jobs, TaskBuilder task, FailureKind kind, String words) {
    SlurmExecutor executor = open(jobs);
    number++;
    Batch batch = new Batch(runs.key(number), List.of(task.build()));
    assertThatThrownBy(() -> executor.submit(batch))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e).hasMessageContaining(words);
            });
  }

  @Test
  void aGpuIsGivenAndTheToolIsToldWhichOne() throws Exception {
    SlurmExecutor executor = open(jobs(null, "fluent:1", "volta", Map.of("nice", "5")));
    assertThat(executor.capabilities().gpus()).isEqualTo(2);
    String said =
        said(
            executor,
            task(executor, "echo gpu=$CUDA_VISIBLE_DEVICES; scontrol show job $SLURM_JOB_ID")
                .gpus(1));
    assertThat(said)
        .containsPattern("gpu=[01]\n")
        .contains("Licenses=fluent:1", "TresPerNode=gres:gpu:volta:1", "Nice=5");
  }

  @Test
  void ranksAreTasksOfTheJobAndAnMpiFindsThem() throws Exception {
    SlurmExecutor executor = open(SlurmOptions.Jobs.PLAIN);
    assertThat(said(executor, task(executor, "echo $SLURM_NTASKS").processes(3))).isEqualTo("3\n");
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mpirun")), "no mpirun");
    TaskBuilder ranks =
        task(executor, "mpirun -n 3 sh -c 'echo $OMPI_COMM_WORLD_RANK of $OMPI_COMM_WORLD_SIZE'")
            .processes(3)
            .environment("OMPI_ALLOW_RUN_AS_ROOT", "1")
            .environment("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    AttemptKey attempt = ranks.build().attempt();
    BatchHandle handle = executor.submit(new Batch(runs.key(7), List.of(ranks.build())));
    runs.awaitSuccess(executor, handle);
    try (InputStream log = executor.log(attempt, LogStream.STDOUT)) {
      assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8).lines())
          .containsExactlyInAnyOrder("0 of 3", "1 of 3", "2 of 3");
    }
  }

  @Test
  void whatTheSiteDoesNotHaveIsRefusedInItsOwnWords() {
    TaskBuilder plain = task(open(SlurmOptions.Jobs.PLAIN), "exit 0");
    refused(jobs("zzz", null, null, Map.of()), plain, FailureKind.USER, "Invalid feature");
    refused(jobs(null, "fluent:9", null, Map.of()), plain, FailureKind.USER, "Invalid license");
    refused(
        jobs(null, null, null, Map.of("reservation", "none")),
        plain,
        FailureKind.USER,
        "Requested reservation is invalid");
    refused(jobs(null, null, null, Map.of("nonsense", "1")), plain, FailureKind.USER, "nonsense");
    refused(
        jobs(null, null, "a100", Map.of()),
        task(open(SlurmOptions.Jobs.PLAIN), "exit 0").gpus(1),
        FailureKind.RESOURCES,
        "Requested node configuration is not available");
  }

  /** The real one takes such a job, says what is wrong, and lets it wait for ever. */
  @Test
  void aJobThatCanNeverStartIsNotLeftBehind() throws Exception {
    SlurmExecutor sees = open(SlurmOptions.Jobs.PLAIN);
    TaskBuilder many = task(sees, "exit 0").processes(64).cores(64);
    refused(
        jobs(null, null, null, Map.of("cpus_per_task", "20")),
        many,
        FailureKind.RESOURCES,
        "Requested");
    Process queue =
        new ProcessBuilder("squeue", "--noheader", "--format=%j").redirectErrorStream(true).start();
    assertThat(new String(queue.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain(runs.key(number).value());
  }

  @Test
  void moreGpusThanANodeHasIsSaidWithTheNumbers() throws Exception {
    SlurmExecutor executor = open(SlurmOptions.Jobs.PLAIN);
    TaskBuilder greedy = task(executor, "exit 0").gpus(3);
    BatchHandle handle = executor.submit(new Batch(runs.key(1), List.of(greedy.build())));
    runs.awaitEnds(executor, handle);
    assertThat(runs.state(greedy.build().attempt()).orElseThrow())
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            end ->
                assertThat(end.result().outcome().toString())
                    .contains("RESOURCES", "3 GPUs (there are 2"));
  }

  /** The engine's clock decides nothing about a job, whether it is fast or slow. */
  @Test
  void clocksThatAreAnHourApartLoseNothing() throws Exception {
    for (int hours : List.of(-1, 1)) {
      Clock skewed = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
      SlurmExecutor executor = new SlurmExecutor(PeerSlurm.options(root.resolve("shared")), skewed);
      open.add(executor);
      TaskBuilder one = task(executor, "exit 0");
      TaskBuilder other = task(executor, "sleep 1");
      Batch batch = new Batch(runs.key(number), List.of(one.build(), other.build()));
      runs.awaitSuccess(executor, executor.submit(batch));
    }
  }

  @Test
  void aLookAtTheSiteNamesWhatItHasAndWhatIsMissing() {
    assertThat(open(SlurmOptions.Jobs.PLAIN.inPartition("all")).check())
        .noneMatch(finding -> finding.level() == Finding.Level.PROBLEM)
        .anyMatch(finding -> finding.found().contains("64 cores and 2 GPUs"));
    assertThat(open(SlurmOptions.Jobs.PLAIN.inPartition("nowhere")).check())
        .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.found()).contains("no partition nowhere", "it has all"));
  }
}
