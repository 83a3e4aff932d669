package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Batches whose tools count their runs: each writes a line into a file of its task's. */
final class CountedRuns {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path root;
  private final String run = "f" + Long.toString(System.nanoTime(), 36);
  private final Map<AttemptKey, TaskState> states = new HashMap<>();

  CountedRuns(Path root) {
    this.root = root;
  }

  BatchKey key(int batch) {
    return new BatchKey("faults", run, batch);
  }

  AttemptKey attempt(int batch, int task) {
    return new AttemptKey("faults", run, batch * 1000L + task, 1);
  }

  Path effect(AttemptKey attempt) {
    return root.resolve("effect-" + attempt.task());
  }

  /**
   * @param then what the tool does after it has counted itself
   */
  TaskBuilder task(SlurmExecutor executor, AttemptKey attempt, String then) {
    return new TaskBuilder(
        attempt,
        executor.layout(attempt, false),
        List.of("sh", "-c", "echo ran >> " + effect(attempt) + "; " + then),
        null);
  }

  Batch batch(SlurmExecutor executor, int number, int tasks, String then) {
    List<TaskSpec> specs =
        IntStream.rangeClosed(1, tasks)
            .mapToObj(i -> task(executor, attempt(number, i), then).build())
            .toList();
    return new Batch(key(number), specs);
  }

  Optional<TaskState> state(AttemptKey attempt) {
    return Optional.ofNullable(states.get(attempt));
  }

  void observe(SlurmExecutor executor, BatchHandle handle) throws InterruptedException {
    try {
      for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
        states.put(o.attempt(), o.state());
      }
    } catch (SiteException e) {
      assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
    }
  }

  void awaitRunning(SlurmExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .allMatch(attempt -> states.get(attempt) instanceof TaskState.Running);
        });
  }

  /** What a tool does that ends when it is told to. */
  String untilTold() {
    return "while [ ! -e %s ]; do sleep 0.1; done".formatted(root.resolve("told"));
  }

  void tell() throws IOException {
    Files.createFile(root.resolve("told"));
  }

  /** A job that runs may not have started its tool yet. */
  void awaitStarted(SlurmExecutor executor, BatchHandle handle) {
    awaitRunning(executor, handle);
    await().atMost(PATIENCE).until(() -> started(handle) == handle.attempts().size());
  }

  /** Of how many the tool has begun. */
  long started(BatchHandle handle) {
    return handle.attempts().stream().filter(a -> Files.exists(effect(a))).count();
  }

  void awaitEnds(SlurmExecutor executor, BatchHandle handle) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .map(states::get)
              .allMatch(s -> s instanceof TaskState.Ended || s instanceof TaskState.Lost);
        });
  }

  void assertCancelled(AttemptKey attempt) {
    assertThat(state(attempt).orElseThrow())
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            end ->
                assertThat(end.result().outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED)));
  }

  /** Each has run once, and well. */
  void awaitSuccess(SlurmExecutor executor, BatchHandle handle) throws IOException {
    awaitEnds(executor, handle);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(states.get(attempt))
          .isInstanceOfSatisfying(
              TaskState.Ended.class,
              end -> assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0)));
      assertThat(effect(attempt)).hasContent("ran\n");
    }
  }
}
