package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Many at once, each known by its key, each run at most once. */
interface BatchContract extends Contract {

  @Test
  default void aBatchOfManyEndsWithAnAnswerForEach() throws Exception {
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      tasks.add(bench().shell("exit " + i % 3).build());
    }
    BatchHandle handle = bench().submit(tasks.toArray(TaskSpec[]::new));
    assertThat(handle.attempts()).hasSize(24);
    Map<AttemptKey, TaskState> ends = bench().awaitAll(handle);
    for (int i = 0; i < 24; i++) {
      int code = i % 3;
      assertThat(Bench.result(ends, tasks.get(i)).outcome()).isEqualTo(new Outcome.Exited(code));
    }
  }

  @Test
  default void attemptsOfABatchEndInAnyOrder() throws Exception {
    TaskSpec slow = bench().task("sleep", "600").build();
    TaskSpec quick = bench().task("true").build();
    BatchHandle handle = bench().submit(slow, quick);
    assertThat(bench().awaitEnd(bench().executor(), handle, quick.attempt()))
        .isInstanceOf(TaskState.Ended.class);
    assertThat(bench().history().stream().filter(o -> o.attempt().equals(slow.attempt())))
        .noneMatch(o -> Bench.isEnd(o.state()));
    bench().executor().cancel(List.of(slow.attempt()));
    bench().awaitEnd(bench().executor(), handle, slow.attempt());
  }

  @Test
  default void severalBatchesAreObservedInOneCall() throws Exception {
    TaskSpec first = bench().task("true").build();
    TaskSpec second = bench().task("true").build();
    List<BatchHandle> both = List.of(bench().submit(first), bench().submit(second));
    bench()
        .await(
            "both batches are told of",
            both,
            () -> bench().hasEnded(first.attempt()) && bench().hasEnded(second.attempt()));
  }

  @Test
  default void submittingTheSameBatchAgainChangesNothing() throws Exception {
    TaskSpec task = bench().shell("echo once").build();
    Batch batch = bench().batch(task);
    BatchHandle first = bench().executor().submit(batch);
    BatchHandle second = bench().executor().submit(batch);
    assertThat(second).isEqualTo(first);
    bench().awaitEnd(bench().executor(), first, task.attempt());
    assertThat(bench().executor().submit(batch)).isEqualTo(first);
    if (bench().offers(Feature.RUNS_COMMANDS)) {
      assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEqualTo("once\n");
    }
  }

  @Test
  default void aBatchWhoseAnswerWasLostIsFoundByItsKey() throws Exception {
    TaskSpec task = bench().shell("exit 4").build();
    Batch batch = bench().batch(task);
    bench().executor().submit(batch);
    Optional<BatchHandle> found = bench().executor().find(batch.key(), List.of(task.attempt()));
    assertThat(found).isPresent();
    assertThat(bench().awaitEnd(bench().executor(), found.get(), task.attempt()))
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            e -> assertThat(e.result().outcome()).isEqualTo(new Outcome.Exited(4)));
  }

  @Test
  default void anEndThatWasToldIsToldAgainToWhoFindsTheBatch() throws Exception {
    TaskSpec task = bench().shell("exit 5").build();
    Batch batch = bench().batch(task);
    BatchHandle handle = bench().executor().submit(batch);
    TaskState told = bench().awaitEnd(bench().executor(), handle, task.attempt());
    Executor later = bench().another();
    BatchHandle found = later.find(batch.key(), List.of(task.attempt())).orElseThrow();
    List<Observation> news = later.observe(List.of(found), Duration.ofSeconds(20));
    assertThat(news).contains(new Observation(task.attempt(), told));
  }

  @Test
  default void aBatchThatNeverArrivedIsNotFound() throws Exception {
    TaskSpec task = bench().task("true").build();
    assertThat(bench().executor().find(bench().batchKey(), List.of(task.attempt()))).isEmpty();
  }

  @Test
  default void observingNothingNewTakesItsTimeAndTellsNothing() throws Exception {
    TaskSpec task = bench().task("sleep", "600").build();
    BatchHandle handle = bench().submit(task);
    if (bench().offers(Feature.RUNS_COMMANDS)) {
      bench().awaitRunning(handle, task.attempt());
    } else {
      bench().observe(bench().executor(), List.of(handle), Duration.ZERO);
    }
    long before = System.nanoTime();
    assertThat(bench().executor().observe(List.of(handle), Duration.ofMillis(200))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(150));
  }

  @Test
  default void anAttemptThatIsStartedTwiceRunsItsToolOnce() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    TaskSpec task = bench().shell("echo ran; sleep 1").build();
    Batch batch = bench().batch(task);
    BatchHandle first = bench().executor().submit(batch);
    bench().awaitRunning(first, task.attempt());
    Executor twin = bench().another();
    BatchHandle second = twin.submit(batch);
    TaskState here = bench().awaitEnd(bench().executor(), first, task.attempt());
    TaskState there = bench().awaitEnd(twin, second, task.attempt());
    assertThat(there).isEqualTo(here);
    assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEqualTo("ran\n");
  }

  /** As when an engine wakes that slept past its lease. */
  @Test
  default void anAttemptThatWasRevokedNeverStarts() throws Exception {
    TaskSpec task = bench().shell("echo ran").build();
    Batch batch = bench().batch(task);
    Executor later = bench().another();
    assertThat(later.find(batch.key(), List.of(task.attempt()))).isEmpty();
    later.revoke(List.of(task.attempt()));
    BatchHandle late = bench().executor().submit(batch);
    assertThat(bench().awaitEnd(bench().executor(), late, task.attempt()))
        .isInstanceOf(TaskState.Lost.class);
    if (bench().offers(Feature.RUNS_COMMANDS)) {
      assertThat(bench().log(task.attempt(), LogStream.STDOUT)).isEmpty();
    }
  }
}
