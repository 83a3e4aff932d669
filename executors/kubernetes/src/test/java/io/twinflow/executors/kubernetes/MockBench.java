package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An executor on a {@link MockCluster}, and what it tells. */
final class MockBench implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path root;
  private final MockCluster cluster = new MockCluster();
  private final Map<AttemptKey, TaskState> states = new HashMap<>();
  private final List<KubernetesExecutor> open = new ArrayList<>();

  MockBench(Path root) {
    this.root = root;
  }

  MockCluster cluster() {
    return cluster;
  }

  KubernetesExecutor open(UnaryOperator<KubernetesOptions> change) {
    KubernetesExecutor executor = new KubernetesExecutor(change.apply(cluster.options(root)));
    open.add(executor);
    return executor;
  }

  static BatchKey key(int batch) {
    return new BatchKey("mock", "r1", batch);
  }

  static AttemptKey attempt(int task) {
    return new AttemptKey("mock", "r1", task, 1);
  }

  static TaskBuilder task(KubernetesExecutor executor, int number) {
    return new TaskBuilder(
        attempt(number),
        executor.layout(attempt(number), true),
        List.of("true"),
        ContainerSpec.pull("debian:stable-slim", null));
  }

  /** Tasks 1 and on. */
  static Batch batch(KubernetesExecutor executor, int tasks) {
    return new Batch(
        key(1), IntStream.rangeClosed(1, tasks).mapToObj(i -> task(executor, i).build()).toList());
  }

  static List<AttemptKey> attempts(Batch batch) {
    return batch.tasks().stream().map(TaskSpec::attempt).toList();
  }

  /** What the bundle leaves when its tool has ended. */
  void record(int task, int code) throws IOException {
    Files.writeString(
        BundleFolder.of(root, attempt(task)).record(),
        "code=%d\nhost=h\nstarted=1\nended=2\nsiteId=x\n(whole)\n".formatted(code));
  }

  /** What the bundle does before its tool starts. */
  void claim(int task) throws IOException {
    Files.createDirectories(BundleFolder.of(root, attempt(task)).path().resolve("claim"));
  }

  /** Returns when the mock tells of all that happens: it tells of no end that it saw before. */
  BatchHandle submit(KubernetesExecutor executor, Batch batch) throws SiteException {
    BatchHandle handle = executor.submit(batch);
    eventually(executor::hears);
    return handle;
  }

  TaskState awaitState(
      KubernetesExecutor executor, BatchHandle handle, int task, Predicate<TaskState> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              observe(executor, handle);
              return states.getOrDefault(attempt(task), new TaskState.Queued("nothing was told"));
            },
            wanted);
  }

  private void observe(KubernetesExecutor executor, BatchHandle handle) throws Exception {
    try {
      for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(100))) {
        states.put(o.attempt(), o.state());
      }
    } catch (SiteException e) {
      assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
    }
  }

  void awaitRunning(KubernetesExecutor executor, BatchHandle handle, int task) {
    awaitState(executor, handle, task, TaskState.Running.class::isInstance);
  }

  Outcome outcome(KubernetesExecutor executor, BatchHandle handle, int task) {
    TaskState end =
        awaitState(
            executor,
            handle,
            task,
            state -> state instanceof TaskState.Ended || state instanceof TaskState.Lost);
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) end).result().outcome();
  }

  Outcome.Failed failure(KubernetesExecutor executor, BatchHandle handle, int task) {
    Outcome outcome = outcome(executor, handle, task);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  void assertCancelled(KubernetesExecutor executor, BatchHandle handle, int task) {
    assertThat(failure(executor, handle, task).kind()).isEqualTo(FailureKind.CANCELLED);
  }

  String awaitWords(KubernetesExecutor executor, int task, String part) {
    return await()
        .atMost(PATIENCE)
        .until(() -> executor.waitsFor(attempt(task)).orElse(""), words -> words.contains(part));
  }

  static void eventually(java.util.concurrent.Callable<Boolean> what) {
    await().atMost(PATIENCE).until(what);
  }

  boolean goesOn(int task) {
    return !(states.get(attempt(task)) instanceof TaskState.Ended)
        && !(states.get(attempt(task)) instanceof TaskState.Lost);
  }

  @Override
  public void close() {
    open.forEach(KubernetesExecutor::close);
    cluster.close();
  }
}
