package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path root;
  private final String run = "f" + Long.toString(System.nanoTime(), 36);
  @TempDir private Path peers;
  private final AtomicReference<String> token = new AtomicReference<>("");
  private final Map<String, String> settings = new HashMap<>();
  private final Map<AttemptKey, TaskState> states = new HashMap<>();
  private final List<SlurmExecutor> open = new ArrayList<>();

  private SlurmExecutor open() {
    return open(SlurmOptions.Jobs.PLAIN);
  }

  private SlurmExecutor open(SlurmOptions.Jobs jobs) {
    SlurmExecutor executor =
        new SlurmExecutor(
            SlurmOptions.at(
                    URI.create(settings.get("TWINFLOW_SLURM_URL")),
                    settings.get("TWINFLOW_SLURM_USER"),
                    token::get,
                    root.resolve("shared"))
                .withJobs(jobs)
                .withPoll(Duration.ofMillis(200)));
    open.add(executor);
    return executor;
  }

  /** Of its own: what is killed here gives the numbers of jobs out twice. */
  @BeforeEach
  void start() throws Exception {
    for (String word : peer("start").split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        settings.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    token.set(settings.get("TWINFLOW_SLURM_TOKEN"));
  }

  @AfterEach
  void stop() throws Exception {
    open.forEach(SlurmExecutor::close);
    peer("stop");
  }

  private String peer(String... action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "slurm");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(action));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TWINFLOW_PEERS", peers.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private BatchKey key(int batch) {
    return new BatchKey("faults", run, batch);
  }

  /** Each task writes a line into a file of its own when it runs. */
  private Batch batch(SlurmExecutor executor, int number, int tasks, String seconds) {
    List<TaskSpec> specs =
        IntStream.rangeClosed(1, tasks)
            .mapToObj(i -> {
              AttemptKey attempt = new AttemptKey("faults", run, number * 1000L + i, 1);
              String effect = root.resolve("effect-" + attempt.task()).toString();
              return new TaskBuilder(
                      attempt,
                      executor.layout(attempt, false),
                      List.of("sh", "-c", "echo ran >> " + effect + "; sleep " + seconds),
                      null)
                  .build();
            })
            .toList();
    return new Batch(key(number), specs);
  }

  private void observe(SlurmExecutor executor, BatchHandle handle) throws Exception {
    try {
      for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
        states.put(o.attempt(), o.state());
      }
    } catch (SiteException e) {
      assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
    }
  }

  private void awaitRunning(SlurmExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .allMatch(attempt -> states.get(attempt) instanceof TaskState.Running);
        });
  }

  private void awaitEnds(SlurmExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .map(states::get)
              .allMatch(s -> s instanceof TaskState.Ended || s instanceof TaskState.Lost);
        });
  }

  private void awaitSuccess(SlurmExecutor executor, BatchHandle handle) throws IOException {
    awaitEnds(executor, handle);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(states.get(attempt))
          .isInstanceOfSatisfying(
              TaskState.Ended.class,
              end -> assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0)));
      assertThat(root.resolve("effect-" + attempt.task())).hasContent("ran\n");
    }
  }

  /** It may come back without its newest jobs, and have the node kill what it does not know. */
  @Test
  void aControllerThatIsKilledWhileJobsRunLeavesNoneOpenAndStartsNoneAgain() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(batch(executor, 1, 5, "4"));
    awaitRunning(executor, handle);
    peer("controller", "kill");
    peer("controller", "start");
    awaitEnds(executor, handle);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(root.resolve("effect-" + attempt.task())).hasContent("ran\n");
      if (states.get(attempt) instanceof TaskState.Ended end) {
        assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0));
      }
    }
  }

  @Test
  void jobsThatEndWhileNobodyAnswersAreKnownByTheirResults() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(batch(executor, 1, 5, "2"));
    awaitRunning(executor, handle);
    peer("rest", "kill");
    assertThatThrownBy(() -> executor.submit(batch(executor, 2, 1, "0")))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("does not answer");
    peer("rest", "start");
    awaitSuccess(executor, handle);
    // What could not be submitted then is submitted when it is asked for again.
    awaitSuccess(executor, executor.submit(batch(executor, 2, 1, "0")));
  }

  @Test
  void anEngineThatDiedAfterItSubmittedIsFollowedByOneThatSubmitsNothing() throws Exception {
    SlurmExecutor first = open();
    Batch batch = batch(first, 1, 5, "1");
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
    awaitSuccess(second, found);
  }

  @Test
  void aTokenThatIsRefusedFailsNothing() throws Exception {
    SlurmExecutor executor = open();
    BatchHandle handle = executor.submit(batch(executor, 1, 3, "1"));
    token.set("expired");
    await()
        .atMost(PATIENCE)
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
    token.set(settings.get("TWINFLOW_SLURM_TOKEN"));
    awaitSuccess(executor, handle);
  }

  @Test
  void aPartitionThatIsNotThereIsRefusedInSlurmsWords() {
    SlurmExecutor executor = open(SlurmOptions.Jobs.PLAIN.inPartition("nowhere"));
    assertThatThrownBy(() -> executor.submit(batch(executor, 1, 1, "0")))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.USER);
              assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
              assertThat(e).hasMessageContaining("Invalid partition name");
            });
  }
}
