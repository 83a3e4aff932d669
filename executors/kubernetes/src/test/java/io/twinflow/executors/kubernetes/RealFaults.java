package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An executor on the real cluster, tools that count their runs, and what is told of them. */
abstract class RealFaults {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path root;
  private final String run = "f" + Long.toString(System.nanoTime(), 36);
  final Map<AttemptKey, TaskState> states = new HashMap<>();
  private final List<KubernetesExecutor> open = new ArrayList<>();

  KubernetesExecutor open() {
    return open(options -> options);
  }

  KubernetesExecutor open(UnaryOperator<KubernetesOptions> change) {
    KubernetesExecutor executor = new KubernetesExecutor(change.apply(options()));
    open.add(executor);
    return executor;
  }

  KubernetesOptions options() {
    return RealCluster.options(root.resolve("shared"));
  }

  @AfterEach
  void stop() {
    open.forEach(KubernetesExecutor::close);
    RealCluster.deleteJobs(RealCluster.root(root.resolve("shared")));
  }

  static void peer(String... action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "kubernetes");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(action));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  BatchKey key(int batch) {
    return new BatchKey("faults", run, batch);
  }

  TaskBuilder task(KubernetesExecutor executor, long number, String script, String image) {
    AttemptKey attempt = new AttemptKey("faults", run, number, 1);
    String effect = root.resolve("effect-" + number).toString();
    return new TaskBuilder(
        attempt,
        executor.layout(attempt, true),
        List.of("sh", "-c", "echo ran >> " + effect + "; " + script),
        ContainerSpec.pull(image, null));
  }

  TaskBuilder task(KubernetesExecutor executor, long number, String script) {
    return task(executor, number, script, RealCluster.image());
  }

  /** Each task writes a line into a file of its own when it runs. */
  Batch batch(KubernetesExecutor executor, int number, int tasks, String script) {
    return new Batch(
        key(number),
        IntStream.rangeClosed(1, tasks)
            .mapToObj(i -> task(executor, number * 1000L + i, script).build())
            .toList());
  }

  void observe(KubernetesExecutor executor, BatchHandle handle) throws Exception {
    try {
      for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
        states.put(o.attempt(), o.state());
      }
    } catch (SiteException e) {
      assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
    }
  }

  void awaitRunning(KubernetesExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .allMatch(attempt -> states.get(attempt) instanceof TaskState.Running);
        });
  }

  void awaitEnds(KubernetesExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .map(states::get)
              .allMatch(s -> s instanceof TaskState.Ended || s instanceof TaskState.Lost);
        });
  }

  void awaitSuccess(KubernetesExecutor executor, BatchHandle handle) throws IOException {
    awaitEnds(executor, handle);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(states.get(attempt))
          .isInstanceOfSatisfying(
              TaskState.Ended.class,
              end -> assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0)));
      assertThat(root.resolve("effect-" + attempt.task())).hasContent("ran\n");
    }
  }

  Outcome.Failed failure(KubernetesExecutor executor, TaskBuilder task) throws Exception {
    TaskSpec spec = task.build();
    BatchHandle handle = executor.submit(new Batch(key(1), List.of(spec)));
    awaitEnds(executor, handle);
    assertThat(states.get(spec.attempt())).isInstanceOf(TaskState.Ended.class);
    Outcome outcome = ((TaskState.Ended) states.get(spec.attempt())).result().outcome();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  String awaitWords(KubernetesExecutor executor, TaskSpec task, String part) {
    return await()
        .atMost(PATIENCE)
        .until(() -> executor.waitsFor(task.attempt()).orElse(""), words -> words.contains(part));
  }
}
