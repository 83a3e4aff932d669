package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What must stop stops, with everything it started. */
interface StopContract extends Contract {

  /**
   * Writes a line into the log every few milliseconds, from a process that has left the session of
   * its parent where setsid(1) is there, while the tool itself waits.
   */
  String HEART =
      "beat='trap \"\" TERM HUP INT; while :; do echo beat; sleep 0.05; done';"
          + " if command -v setsid >/dev/null; then setsid sh -c \"$beat\" & else sh -c \"$beat\" & fi;"
          + " ";

  private void beats(BatchHandle handle, TaskSpec task) throws Exception {
    bench().awaitLog(handle, task.attempt(), "beat");
  }

  private void stands(TaskSpec task) throws Exception {
    stands(task, bench().executor());
  }

  /** While another tool at the same site lives through six heartbeats, this heart has none. */
  private void stands(TaskSpec task, Executor client) throws Exception {
    String before = bench().log(task.attempt(), LogStream.STDOUT);
    TaskSpec witness = bench().shell("for i in 1 2 3 4 5 6; do sleep 0.05; echo $i; done").build();
    BatchHandle handle = client.submit(bench().batch(witness));
    assertThat(bench().awaitEnd(client, handle, witness.attempt()))
        .isInstanceOf(TaskState.Ended.class);
    assertThat(bench().log(witness.attempt(), LogStream.STDOUT)).endsWith("6\n");
    assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEqualTo(before);
  }

  private static FailureKind kind(TaskState end) {
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return Bench.failure(((TaskState.Ended) end).result()).kind();
  }

  @Test
  default void cancellingWhileItRunsEndsTheWholeTree() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell(HEART + "sleep 600").build();
    BatchHandle handle = bench().submit(task);
    beats(handle, task);
    bench().executor().cancel(List.of(task.attempt()));
    TaskState end = bench().awaitEnd(bench().executor(), handle, task.attempt());
    assertThat(kind(end)).isEqualTo(FailureKind.CANCELLED);
    stands(task);
  }

  @Test
  @ResourceLock(ExecutorContract.WHOLE_SITE)
  default void cancellingBeforeItStartsKeepsItFromStarting() throws Exception {
    double all = bench().executor().capabilities().cores();
    TaskSpec first = bench().task("sleep", "600").cores(all).build();
    TaskSpec second = bench().shell("echo started").cores(all).build();
    BatchHandle handle = bench().submit(first, second);
    bench().executor().cancel(List.of(second.attempt()));
    TaskState end = bench().awaitEnd(bench().executor(), handle, second.attempt());
    if (bench().offers(Feature.RUNS_COMMANDS)) {
      assertThat(kind(end)).isEqualTo(FailureKind.CANCELLED);
    }
    bench().executor().cancel(List.of(first.attempt()));
    assertThat(kind(bench().awaitEnd(bench().executor(), handle, first.attempt())))
        .isEqualTo(FailureKind.CANCELLED);
    if (bench().offers(Feature.RUNS_COMMANDS)) {
      assertThat(bench().log(second.attempt(), LogStream.STDOUT)).isEmpty();
    }
  }

  @Test
  default void cancellingWhatHasEndedOrIsUnknownChangesNothing() throws Exception {
    TaskSpec task = bench().task("true").build();
    BatchHandle handle = bench().submit(task);
    TaskState end = bench().awaitEnd(bench().executor(), handle, task.attempt());
    bench().executor().cancel(List.of(task.attempt(), bench().task("x").build().attempt()));
    bench().observe(bench().executor(), List.of(handle), Duration.ofMillis(100));
    assertThat(bench().awaitEnd(bench().executor(), handle, task.attempt())).isEqualTo(end);
  }

  @Test
  default void manyAreCancelledByOneCall() throws Exception {
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(bench().task("sleep", "600").build());
    }
    BatchHandle handle = bench().submit(tasks.toArray(TaskSpec[]::new));
    bench().executor().cancel(handle.attempts());
    assertThat(
            bench().awaitAll(handle).values().stream()
                .map(StopContract::kind)
                .collect(Collectors.toSet()))
        .containsExactly(FailureKind.CANCELLED);
  }

  @Test
  default void aToolThatRunsTooLongIsEndedAndTheLimitIsNamed() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell(HEART + "sleep 600").timeLimit(Duration.ofMillis(1500)).build();
    Outcome.Failed failed = Bench.failure(bench().run(task));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains("1.5 s");
    stands(task);
  }

  @Test
  default void aToolThatEndsInTimeIsNotTouchedByItsLimit() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    assertThat(bench().exitCode(bench().shell("exit 3").timeLimit(Duration.ofMinutes(5))))
        .isEqualTo(3);
  }

  @Test
  default void whatAToolLeavesRunningIsEndedWithIt() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell(HEART + "sleep 0.3").build();
    bench().run(task);
    stands(task);
  }

  @Test
  default void aNewEngineStopsWhatTheDeadOneLeftOrTakesItOver() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell(HEART + "sleep 600").build();
    Batch batch = bench().batch(task);
    beats(bench().executor().submit(batch), task);
    Executor next = bench().another();
    BatchHandle found = next.find(batch.key(), List.of(task.attempt())).orElseThrow();
    if (bench().offers(Feature.OUTLIVES_ENGINE)) {
      bench().awaitRunningAt(next, found, task.attempt());
      next.cancel(List.of(task.attempt()));
    } else {
      // Whatever find says about it: it must not run any more when it returns.
      stands(task, next);
    }
    bench().awaitEnd(next, found, task.attempt());
    stands(task, next);
  }

  @Test
  default void closingEndsWhatRunsOrLeavesItToTheNext() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell(HEART + "sleep 600").build();
    Batch batch = bench().batch(task);
    beats(bench().executor().submit(batch), task);
    bench().closeFirst();
    Executor next = bench().another();
    if (bench().offers(Feature.OUTLIVES_ENGINE)) {
      BatchHandle found = next.find(batch.key(), List.of(task.attempt())).orElseThrow();
      assertThat(bench().awaitRunningAt(next, found, task.attempt()))
          .isInstanceOf(TaskState.Running.class);
      next.cancel(List.of(task.attempt()));
      bench().awaitEnd(next, found, task.attempt());
    }
    stands(task, next);
  }
}
