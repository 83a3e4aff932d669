package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Pods that go to a stand-in for interLink, by a real scheduler and over a real store. */
@Timeout(240)
@Isolated("adds a node to the cluster")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class InterLinkIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path disk;
  private final AttemptKey attempt =
      new AttemptKey(PodBench.INSTALLATION, "i" + Long.toString(System.nanoTime(), 36), 1, 1);
  private @Nullable TaskState state;

  private TaskSpec task(Executor executor, String script) throws Exception {
    Path effects = disk.resolve("effects");
    TaskBuilder task =
        new TaskBuilder(
                attempt,
                executor.layout(attempt, true),
                List.of("sh", "-c", "echo ran >> " + effects + "; " + script),
                ContainerSpec.pull("org/model:1", null))
            .link(Files.writeString(disk.resolve("input"), "in\n"), "i")
            .cores(1.5)
            .memoryMiB(300)
            .timeLimit(Duration.ofMinutes(90));
    return task.environment("IN", task.layout().inputs() + "/i").build();
  }

  private BatchHandle submit(Executor executor, TaskSpec task) throws Exception {
    return executor.submit(
        new Batch(new BatchKey(PodBench.INSTALLATION, attempt.run(), 1), List.of(task)));
  }

  private Outcome outcome(Executor executor, BatchHandle handle, InterLinkStandIn node) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
            state = o.state();
          }
          return state instanceof TaskState.Ended || state instanceof TaskState.Lost;
        });
    assertThat(state).as(node::log).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) state).result().outcome();
  }

  private static Executor open(PodBench bench, InterLinkStandIn node) {
    return bench.open(
        Map.of("interlink", Map.of("node", node.name(), "flags", "--partition=gpu")), Map.of());
  }

  @Test
  void aPodBecomesAJobElsewhereWhichFetchesAndSendsByItself() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        InterLinkStandIn node = new InterLinkStandIn(disk.resolve("jobs"));
        Executor executor = open(bench, node)) {
      TaskSpec spec = task(executor, "cp \"$IN\" out");
      BatchHandle handle = submit(executor, spec);
      assertThat(outcome(executor, handle, node)).isEqualTo(new Outcome.Exited(0));
      assertThat(Attempt.text(executor.outputs(spec), "out")).isEqualTo("in\n");
      assertThat(disk.resolve("effects")).hasContent("ran\n");
      Pod pod = node.pod();
      assertThat(pod.getMetadata().getAnnotations())
          .containsEntry(
              "slurm-job.vk.io/flags", "--cpus-per-task=2 --mem=300M --time=120 --partition=gpu");
      assertThat(pod.getSpec().getInitContainers()).isNullOrEmpty();
      assertThat(pod.getSpec().getContainers()).hasSize(1);
      assertThat(pod.getSpec().getContainers().getFirst().getImage())
          .isEqualTo("docker://org/model:1");
      assertThat(pod.getSpec().getVolumes())
          .allSatisfy(volume -> assertThat(volume.getSecret()).isNotNull());
      assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
      executor.release(List.of(attempt));
    }
  }

  @Test
  void cancellingEndsTheJob() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        InterLinkStandIn node = new InterLinkStandIn(disk.resolve("jobs"));
        Executor executor = open(bench, node)) {
      BatchHandle handle = submit(executor, task(executor, "sleep 600"));
      await().atMost(PATIENCE).until(() -> Files.exists(disk.resolve("effects")));
      executor.cancel(handle.attempts());
      assertThat(outcome(executor, handle, node))
          .isInstanceOfSatisfying(
              Outcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.CANCELLED));
      assertThat(disk.resolve("effects")).hasContent("ran\n");
      executor.release(List.of(attempt));
    }
  }
}
