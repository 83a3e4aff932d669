package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An administrator takes a pod or the node away while tools run. The site has failed then, not the
 * tool; what is tried again succeeds, and each task has had its effect once.
 */
@Timeout(300)
@Isolated("takes the node away")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class EvictionIT extends RealFaults {

  /** Has its effect when it may, as its last act; tells by a file that it runs. */
  private TaskSpec task(KubernetesExecutor executor, int number, int attempt) {
    AttemptKey key = new AttemptKey("faults", key(1).run(), number, attempt);
    return new TaskBuilder(
            key,
            executor.layout(key, true),
            List.of(
                "sh",
                "-c",
                "touch \"$0/runs-$1.$2\"; until [ -e \"$0/go\" ]; do sleep 0.2; done; echo ran >> \"$0/effect-$1\"",
                root.toString(),
                Integer.toString(number),
                Integer.toString(attempt)),
            ContainerSpec.pull(RealCluster.image(), null))
        .build();
  }

  private BatchHandle submit(KubernetesExecutor executor, int tasks, int attempt) throws Exception {
    return executor.submit(
        new Batch(
            key(attempt),
            IntStream.rangeClosed(1, tasks)
                .mapToObj(number -> task(executor, number, attempt))
                .toList()));
  }

  private void awaitTools(int tasks) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            IntStream.rangeClosed(1, tasks)
                .allMatch(number -> Files.exists(root.resolve("runs-" + number + ".1"))));
  }

  /** What the engine tries again at this site or another, by the budget for infrastructure. */
  private static boolean isTheSites(TaskState end) {
    return end instanceof TaskState.Lost
        || (end instanceof TaskState.Ended(var result)
            && result.outcome() instanceof Outcome.Failed failed
            && failed.kind() == FailureKind.INFRASTRUCTURE);
  }

  private void assertMoved(KubernetesExecutor executor, BatchHandle first, int tasks)
      throws Exception {
    awaitEnds(executor, first);
    assertThat(first.attempts()).hasSize(tasks).allMatch(one -> isTheSites(states.get(one)));
    Files.createFile(root.resolve("go"));
    awaitSuccess(executor, submit(executor, tasks, 2));
    try (KubernetesClient client = RealCluster.administrator()) {
      // A Job makes another pod in place of the first, which must not run the tool.
      await()
          .atMost(PATIENCE)
          .until(() ->
              first.attempts().stream()
                  .allMatch(one -> client.batch().v1().jobs().withName(one.value()).get() == null));
    }
    for (int number = 1; number <= tasks; number++) {
      assertThat(root.resolve("effect-" + number)).hasContent("ran\n");
    }
  }

  @Test
  void aPodThatIsEvictedIsTheSitesFailureAndItsTaskHasItsEffectOnce() throws Exception {
    KubernetesExecutor executor = open();
    BatchHandle handle = submit(executor, 1, 1);
    awaitTools(1);
    awaitRunning(executor, handle);
    String pod = task(executor, 1, 1).attempt().value();
    try (KubernetesClient client = RealCluster.administrator()) {
      String name =
          client
              .pods()
              .withLabel(Labels.JOB, pod)
              .list()
              .getItems()
              .getFirst()
              .getMetadata()
              .getName();
      assertThat(client.pods().withName(name).evict()).isTrue();
    }
    assertMoved(executor, handle, 1);
  }

  @Test
  @Tag("long")
  void aNodeThatIsDrainedWhileToolsRunLosesNoneOfThem() throws Exception {
    KubernetesExecutor executor = open();
    BatchHandle handle = submit(executor, 4, 1);
    awaitTools(4);
    awaitRunning(executor, handle);
    peer("node", "drain");
    try {
      awaitEnds(executor, handle);
      BatchHandle waiting = executor.submit(new Batch(key(3), List.of(task(executor, 9, 1))));
      awaitWords(executor, task(executor, 9, 1), "unschedulable");
      executor.cancel(waiting.attempts());
      awaitEnds(executor, waiting);
    } finally {
      peer("node", "resume");
    }
    assertMoved(executor, handle, 4);
    assertThat(root.resolve("effect-9")).doesNotExist();
  }
}
