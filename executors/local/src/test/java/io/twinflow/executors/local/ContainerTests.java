package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns containers alone: isolation, limits, and what a dead engine left. */
abstract class ContainerTests {

  private static final String GREEDY = "x=$(head -c 300M /dev/zero | tr '\\0' x); echo ${#x}";

  @TempDir private Path root;

  private final ContainerChoice choice;
  private ContainerBench bench;

  ContainerTests(ContainerChoice choice) {
    this.choice = choice;
    this.bench = new ContainerBench(Path.of("/nowhere"), choice);
  }

  @BeforeEach
  final void openBench() {
    bench = new ContainerBench(root, choice);
  }

  @Test
  void aToolHasNoNetworkUnlessItAsks() throws Exception {
    assertThat(bench.output(ContainerBench.BASE, "ls /sys/class/net")).isEqualTo("lo\n");
  }

  @Test
  void aToolThatTakesMoreMemoryThanItMayFailsForItsResources() throws Exception {
    killedFor("32 MiB", GREEDY);
  }

  @Test
  void soDoesAToolWhoseChildWasKilledForMemory() throws Exception {
    // Podman does not tell of it: only the code of a tool that was killed itself does. The kernel
    // may
    // also choose the parent, so the exit code is not the same each time.
    if (choice == ContainerChoice.DOCKER) {
      killedFor("32 MiB", "sh -c \"" + GREEDY.replace("$", "\\$") + "\"; exit 7");
    }
  }

  private void killedFor(String words, String script) throws Exception {
    try (LocalExecutor executor = bench.open()) {
      TaskBuilder task = ContainerBench.shell(executor, ContainerBench.BASE, script).memoryMiB(32);
      assertThat(bench.run(executor, task).outcome())
          .asInstanceOf(InstanceOfAssertFactories.type(Outcome.Failed.class))
          .returns(FailureKind.RESOURCES, Outcome.Failed::kind)
          .returns(new Shortage.Memory(), Outcome.Failed::shortage)
          .extracting(Outcome.Failed::reason, InstanceOfAssertFactories.STRING)
          .contains("killed for memory", words);
    }
  }

  @Test
  void outputsBelongToTheCaller() throws Exception {
    try (LocalExecutor executor = bench.open()) {
      TaskBuilder task = ContainerBench.shell(executor, ContainerBench.BASE, "touch made");
      bench.run(executor, task);
      Path made =
          Path.of(executor.whereabouts(task.build().attempt())).resolve("out").resolve("made");
      assertThat(Files.getOwner(made)).isEqualTo(Files.getOwner(root));
    }
  }

  @Test
  void theWorkingFolderIsWhereTheToolWantsIt() throws Exception {
    try (LocalExecutor executor = bench.open()) {
      AttemptKey key = ContainerBench.key();
      Layout usual = executor.layout(key, true);
      TaskBuilder task =
          new TaskBuilder(
              key,
              new Layout("/else/where", usual.tmpdir(), usual.inputs()),
              List.of("sh", "-c", "pwd > here; touch /else/where/there"),
              ContainerBench.BASE);
      assertThat(bench.run(executor, task).outcome()).isEqualTo(new Outcome.Exited(0));
      Path out = Path.of(executor.whereabouts(key)).resolve("out");
      assertThat(out.resolve("here")).hasContent("/else/where");
      assertThat(executor.outputs(task.build()).find("/else/where/there")).isPresent();
    }
  }

  @Test
  void noContainerStaysAfterEndCancellationAndClose() throws Exception {
    String label = "label=io.twinflow.installation=" + Tasks.INSTALLATION;
    try (LocalExecutor executor = bench.open()) {
      bench.run(executor, ContainerBench.shell(executor, ContainerBench.BASE, "exit 3"));
      TaskBuilder cancelled = ContainerBench.shell(executor, ContainerBench.BASE, "sleep 300");
      BatchHandle handle = bench.submit(executor, cancelled);
      executor.cancel(handle.attempts());
      ContainerBench.end(executor, handle);
      bench.submit(executor, ContainerBench.shell(executor, ContainerBench.BASE, "sleep 300"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !bench.engine("ps", "--quiet", "--filter", label).isEmpty());
    }
    assertThat(bench.engine("ps", "--all", "--quiet", "--filter", label)).isEmpty();
  }

  @Test
  void theNextEngineRemovesTheContainersOfADeadOne() throws Exception {
    AttemptKey key = ContainerBench.key();
    BatchKey batch = new BatchKey(key.installation(), key.run(), 77);
    AttemptFolder folder = AttemptFolder.of(root.toRealPath(), key);
    assertThat(folder.claim()).isTrue();
    Files.writeString(folder.container(), bench.engineName() + "\n");
    bench.engine(
        "run",
        "--detach",
        "--network",
        "none",
        "--name",
        key.value(),
        NeedsEngine.BASE,
        "sleep",
        "300");
    try (LocalExecutor next = bench.open()) {
      BatchHandle found = next.find(batch, List.of(key)).orElseThrow();
      assertThat(bench.engine("ps", "--all", "--quiet", "--filter", "name=" + key.value()))
          .isEmpty();
      assertThat(ContainerBench.end(next, found)).isInstanceOf(TaskState.Lost.class);
    }
  }
}
