package io.twinflow.executors.serverless.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Attempts whose tools count their runs, and what was observed of them. */
public final class Trial {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final String installation;
  private final String run = "f" + Long.toString(System.nanoTime(), 36);
  private final Map<AttemptKey, TaskState> states = new HashMap<>();
  private final List<String> waits = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private long tasks;
  private long batches;

  /**
   * @param folder for what the tools leave
   */
  public Trial(Path folder) {
    this(folder, "faults");
  }

  public Trial(Path folder, String installation) {
    this.folder = folder;
    this.installation = installation;
  }

  /** A shell script; {@code $ran} is run first. */
  public TaskBuilder task(Executor executor, String script) {
    return task(executor, script, null);
  }

  public TaskBuilder task(Executor executor, String script, ContainerSpec container) {
    AttemptKey key = new AttemptKey(installation, run, ++tasks, 1);
    return new TaskBuilder(
        key,
        executor.layout(key, container != null),
        List.of("sh", "-c", "echo ran >> " + effect(key) + "; " + script),
        container);
  }

  public Batch batch(TaskBuilder... some) {
    return batch(List.of(some).stream().map(TaskBuilder::build).toArray(TaskSpec[]::new));
  }

  public Batch batch(TaskSpec... some) {
    return new Batch(new BatchKey(installation, run, ++batches), List.of(some));
  }

  private Path effect(AttemptKey attempt) {
    return folder.resolve("effect-" + attempt.task());
  }

  public long runs(AttemptKey attempt) throws Exception {
    Path file = effect(attempt);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /** Reasons for which attempts waited, and what kept the site from answering. */
  public List<String> heard() {
    List<String> all = new ArrayList<>(waits);
    all.addAll(troubles);
    return all;
  }

  private void observe(Executor executor, BatchHandle handle) throws Exception {
    try {
      executor
          .observe(List.of(handle), Duration.ofMillis(200))
          .forEach(o -> {
            states.put(o.attempt(), o.state());
            if (o.state() instanceof TaskState.Queued queued) {
              waits.add(queued.reason());
            }
          });
    } catch (SiteException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
      troubles.add(e.getMessage());
    }
  }

  public void until(Executor executor, BatchHandle handle, Predicate<TaskState> wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return handle.attempts().stream()
              .map(states::get)
              .allMatch(state -> state != null && wanted.test(state));
        });
  }

  /** An attempt that was claimed is said to run; its tool begins a little later. */
  public void untilToolRuns(AttemptKey attempt) {
    await().atMost(PATIENCE).until(() -> runs(attempt) == 1);
  }

  public void untilHeard(Executor executor, BatchHandle handle, String words) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          observe(executor, handle);
          return heard().stream().anyMatch(w -> w.contains(words));
        });
  }

  public static boolean runs(TaskState state) {
    return state instanceof TaskState.Running;
  }

  public static boolean isEnd(TaskState state) {
    return state instanceof TaskState.Ended || state instanceof TaskState.Lost;
  }

  public TaskState end(Executor executor, BatchHandle handle, AttemptKey attempt) {
    until(executor, handle, Trial::isEnd);
    return states.get(attempt);
  }

  /** All of them end well, and each tool ran once. */
  public void succeeds(Executor executor, BatchHandle handle) throws Exception {
    until(executor, handle, Trial::isEnd);
    for (AttemptKey attempt : handle.attempts()) {
      assertThat(states.get(attempt))
          .isInstanceOfSatisfying(
              TaskState.Ended.class,
              end -> assertThat(end.result().outcome()).isEqualTo(new Outcome.Exited(0)));
      assertThat(runs(attempt)).as("runs of %s", attempt).isEqualTo(1);
    }
  }

  public static Outcome.Failed failure(TaskState end) {
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    Outcome outcome = ((TaskState.Ended) end).result().outcome();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }
}
