package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What concerns containers on Slurm's nodes alone. */
@ResourceLock(value = ExecutorContract.WHOLE_SITE, mode = ResourceAccessMode.READ)
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmContainersIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path root;
  private final AttemptKey key =
      new AttemptKey("boxes", "r" + Long.toString(System.nanoTime(), 36), 1, 1);
  private SlurmExecutor executor;

  @BeforeAll
  static void needsIt() {
    PodmanNode.isNeeded();
  }

  @BeforeEach
  void open() {
    executor = new SlurmExecutor(PeerSlurm.options(root).withContainers(PodmanNode.template()));
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private TaskBuilder task(ContainerSpec container, String script) {
    return new TaskBuilder(key, executor.layout(key, true), List.of("sh", "-c", script), container);
  }

  private BatchHandle submit(TaskBuilder task) throws Exception {
    return executor.submit(
        new Batch(new BatchKey(key.installation(), key.run(), 1), List.of(task.build())));
  }

  private TaskResult end(BatchHandle handle) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (Observation o : executor.observe(List.of(handle), Duration.ofSeconds(1))) {
        if (o.state() instanceof TaskState.Ended(TaskResult result)) {
          return result;
        }
      }
    }
    throw new AssertionError("no end after " + PATIENCE);
  }

  private static String podman(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private boolean isThere() throws IOException {
    return !podman("ps", "--all", "--quiet", "--filter", "name=" + key.value()).isEmpty();
  }

  @Test
  void aResultNamesTheImageByItsDigest() throws Exception {
    TaskResult result = end(submit(task(ContainerSpec.pull(PodmanNode.IMAGE, null), "exit 0")));
    assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(result.imageDigest())
        .isNotBlank()
        .isEqualTo(
            podman(
                "image",
                "inspect",
                "--format",
                "{{if .RepoDigests}}{{index .RepoDigests 0}}{{else}}{{.Id}}{{end}}",
                PodmanNode.IMAGE));
    assertThat(isThere()).isFalse();
  }

  @Test
  void anImageThatDoesNotExistIsRefusedInPodmansWords() throws Exception {
    ContainerSpec nowhere =
        new ContainerSpec(new ContainerSpec.Image.Pull("127.0.0.1:1/nowhere"), "nowhere:1");
    assertThat(end(submit(task(nowhere, "exit 0"))).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains("podman cannot get the image nowhere:1", "connection refused"));
  }

  @Test
  void anImageThatNobodyCanFetchIsTheUsersError() throws Exception {
    ContainerSpec absent = new ContainerSpec(new ContainerSpec.Image.Present(), "absent:1");
    assertThat(end(submit(task(absent, "exit 0"))).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.USER);
              assertThat(failed.reason()).contains("podman has no image absent:1");
            });
  }

  /** The first process of a container is deaf to SIGTERM, and no child of the job. */
  @Test
  void noContainerStaysWhenItsJobIsCancelled() throws Exception {
    BatchHandle handle =
        submit(task(ContainerSpec.pull(PodmanNode.IMAGE, null), "touch here; sleep 300; exit 3"));
    Path here = Path.of(executor.whereabouts(key)).resolve("out/here");
    await().atMost(PATIENCE).until(() -> Files.exists(here));
    assertThat(isThere()).isTrue();
    executor.cancel(handle.attempts());
    assertThat(end(handle).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.CANCELLED));
    await().atMost(PATIENCE).until(() -> !isThere());
  }

  @Test
  void noContainerStaysWhenItsTimeIsOver() throws Exception {
    TaskBuilder task =
        task(ContainerSpec.pull(PodmanNode.IMAGE, null), "sleep 300; exit 3")
            .timeLimit(Duration.ofSeconds(1));
    assertThat(end(submit(task)).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> {
              assertThat(f.kind()).isEqualTo(FailureKind.RESOURCES);
              assertThat(f.reason()).contains("ToolTimeLimit");
            });
    await().atMost(PATIENCE).until(() -> !isThere());
  }

  @Test
  void aSiteWithoutContainersSaysSo() throws Exception {
    try (SlurmExecutor plain = new SlurmExecutor(PeerSlurm.options(root.resolve("plain")))) {
      assertThat(plain.capabilities().containerEngine()).isEmpty();
      BatchHandle handle =
          plain.submit(
              new Batch(
                  new BatchKey(key.installation(), key.run(), 2),
                  List.of(task(ContainerSpec.pull(PodmanNode.IMAGE, null), "exit 0").build())));
      assertThat(plain.observe(List.of(handle), Duration.ofSeconds(5)))
          .singleElement()
          .extracting(o -> o.state().toString())
          .asString()
          .contains("needs a container", PodmanNode.IMAGE, "without any");
    }
  }
}
