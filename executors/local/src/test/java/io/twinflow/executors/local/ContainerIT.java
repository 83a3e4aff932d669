package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns containers alone: images, isolation, and what a dead engine left. */
class ContainerIT {

  private static final String BASE = "debian:stable-slim";
  private static final ContainerSpec SPEC = ContainerSpec.pull(BASE, null);

  @TempDir private Path root;

  private long batches;

  @BeforeAll
  static void needsDocker() {
    NeedsDocker.withImage(BASE);
  }

  private LocalExecutor open() {
    return new LocalExecutor(
        LocalOptions.in(root)
            .withContainers(ContainerChoice.DOCKER)
            .withGrace(Duration.ofSeconds(1)));
  }

  private AttemptKey key() {
    return Tasks.key("c" + ProcessHandle.current().pid(), System.nanoTime() / 1000, 1);
  }

  private static TaskBuilder shell(
      LocalExecutor executor, AttemptKey key, ContainerSpec container, String script) {
    return new TaskBuilder(key, executor.layout(key, true), List.of("sh", "-c", script), container);
  }

  private BatchHandle submit(LocalExecutor executor, TaskBuilder task) throws Exception {
    AttemptKey key = task.build().attempt();
    BatchKey batch = new BatchKey(key.installation(), key.run(), ++batches);
    return executor.submit(new Batch(batch, List.of(task.build())));
  }

  private static TaskState end(LocalExecutor executor, BatchHandle handle) throws Exception {
    while (true) {
      for (Observation o : executor.observe(List.of(handle), Duration.ofSeconds(30))) {
        if (o.state() instanceof TaskState.Ended || o.state() instanceof TaskState.Lost) {
          return o.state();
        }
      }
    }
  }

  private TaskResult run(LocalExecutor executor, TaskBuilder task) throws Exception {
    return ((TaskState.Ended) end(executor, submit(executor, task))).result();
  }

  private static String docker(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.strip();
  }

  @Test
  void anImageIsBuiltFromTheTextOfADockerfile() throws Exception {
    String id = "twinflow-test-built-" + ProcessHandle.current().pid();
    try (LocalExecutor executor = open()) {
      ContainerSpec built =
          new ContainerSpec(new Image.Build("FROM " + BASE + "\nENV MADE=here\n"), id);
      AttemptKey key = key();
      TaskResult result = run(executor, shell(executor, key, built, "echo $MADE"));
      assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(result.imageDigest()).startsWith("sha256:");
      try (var log = executor.log(key, LogStream.STDOUT)) {
        assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("here\n");
      }
    } finally {
      docker("rmi", id);
    }
  }

  @Test
  void anImageIsLoadedFromAnArchive() throws Exception {
    String id = "twinflow-test-loaded-" + ProcessHandle.current().pid();
    Path archive = root.resolve("image.tar");
    docker("tag", BASE, id);
    docker("save", "--output", archive.toString(), id);
    docker("rmi", id);
    try (LocalExecutor executor = open()) {
      ContainerSpec loaded = new ContainerSpec(new Image.Load(archive.toUri()), id);
      assertThat(run(executor, shell(executor, key(), loaded, "true")).outcome())
          .isEqualTo(new Outcome.Exited(0));
    } finally {
      docker("rmi", id);
    }
  }

  @Test
  void anImageThatIsNowhereIsNamed() throws Exception {
    try (LocalExecutor executor = open()) {
      ContainerSpec none = new ContainerSpec(new Image.Present(), "no-such-image:1");
      assertThat(run(executor, shell(executor, key(), none, "true")).outcome())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.USER);
                assertThat(f.reason()).contains("no-such-image:1").contains("dockerPull");
              });
    }
  }

  @Test
  void aToolHasNoNetworkUnlessItAsks() throws Exception {
    try (LocalExecutor executor = open()) {
      AttemptKey key = key();
      run(executor, shell(executor, key, SPEC, "ls /sys/class/net"));
      try (var log = executor.log(key, LogStream.STDOUT)) {
        assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("lo\n");
      }
    }
  }

  @Test
  void aToolThatTakesMoreMemoryThanItMayFailsForItsResources() throws Exception {
    try (LocalExecutor executor = open()) {
      TaskBuilder task =
          shell(executor, key(), SPEC, "x=$(head -c 300M /dev/zero | tr '\\0' x); echo ${#x}")
              .memoryMiB(32);
      assertThat(run(executor, task).outcome())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.RESOURCES);
                assertThat(f.reason()).contains("32 MiB");
              });
    }
  }

  @Test
  void outputsBelongToTheCaller() throws Exception {
    try (LocalExecutor executor = open()) {
      TaskBuilder task = shell(executor, key(), SPEC, "touch made");
      run(executor, task);
      Path made =
          Path.of(executor.whereabouts(task.build().attempt())).resolve("out").resolve("made");
      assertThat(java.nio.file.Files.getOwner(made)).isEqualTo(java.nio.file.Files.getOwner(root));
    }
  }

  @Test
  void noContainerStaysAfterEndCancellationAndClose() throws Exception {
    String label = "label=io.twinflow.installation=" + Tasks.INSTALLATION;
    try (LocalExecutor executor = open()) {
      run(executor, shell(executor, key(), SPEC, "exit 3"));
      TaskBuilder cancelled = shell(executor, key(), SPEC, "sleep 300");
      BatchHandle handle = submit(executor, cancelled);
      executor.cancel(handle.attempts());
      end(executor, handle);
      submit(executor, shell(executor, key(), SPEC, "sleep 300"));
      Thread.sleep(300);
    }
    assertThat(docker("ps", "--all", "--quiet", "--filter", label)).isEmpty();
  }

  @Test
  void theNextEngineRemovesTheContainersOfADeadOne() throws Exception {
    AttemptKey key = key();
    BatchKey batch = new BatchKey(key.installation(), key.run(), 77);
    AttemptFolder folder = AttemptFolder.of(root.toRealPath(), key);
    assertThat(folder.claim()).isTrue();
    java.nio.file.Files.writeString(folder.container(), "docker\n");
    docker("run", "--detach", "--network", "none", "--name", key.value(), BASE, "sleep", "300");
    try (LocalExecutor next = open()) {
      BatchHandle found = next.find(batch, List.of(key)).orElseThrow();
      assertThat(docker("ps", "--all", "--quiet", "--filter", "name=" + key.value())).isEmpty();
      assertThat(end(next, found)).isInstanceOf(TaskState.Lost.class);
    }
  }
}
