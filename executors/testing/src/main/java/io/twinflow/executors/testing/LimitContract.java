package io.twinflow.executors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A site promises what it has, and no more. */
interface LimitContract extends Contract {

  @Test
  default void aRequestLargerThanTheSiteIsRefusedWithTheNumbers() throws Exception {
    Capabilities has = bench().executor().capabilities();
    Outcome.Failed cores = bench().failure(bench().task("true").cores(has.cores() + 1));
    assertThat(cores.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(cores.reason()).contains(number(has.cores() + 1)).contains(number(has.cores()));
    Outcome.Failed memory = bench().failure(bench().task("true").memoryMiB(has.memoryMiB() + 1));
    assertThat(memory.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(memory.reason())
        .contains(Long.toString(has.memoryMiB() + 1))
        .contains(Long.toString(has.memoryMiB()));
  }

  @Test
  @ResourceLock(ExecutorContract.WHOLE_SITE)
  default void twoThatNeedTheWholeSiteDoNotRunTogether() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    double all = bench().executor().capabilities().cores();
    TaskSpec first = bench().shell("sleep 0.5").cores(all).build();
    TaskSpec second = bench().shell("sleep 0.5").cores(all).build();
    BatchHandle handle = bench().submit(first, second);
    var ends = bench().awaitAll(handle);
    TaskResult one = Bench.result(ends, first);
    TaskResult two = Bench.result(ends, second);
    boolean apart =
        !Bench.started(one).isBefore(two.usage().ended())
            || !Bench.started(two).isBefore(one.usage().ended());
    assertThat(apart).as("%s and %s overlap", one, two).isTrue();
  }

  @Test
  @ResourceLock(ExecutorContract.WHOLE_SITE)
  default void aBigOneIsNotStarvedBySmallOnes() throws Exception {
    needs(Feature.RUNS_COMMANDS);
    needs(Feature.STARTS_IN_TURN);
    double all = bench().executor().capabilities().cores();
    TaskSpec holder = bench().shell("sleep 0.5").cores(all / 2).build();
    TaskSpec big = bench().task("true").cores(all).build();
    TaskSpec[] tasks = new TaskSpec[102];
    tasks[0] = holder;
    tasks[1] = big;
    for (int i = 2; i < tasks.length; i++) {
      tasks[i] = bench().task("true").cores(all / 2).build();
    }
    BatchHandle handle = bench().submit(tasks);
    var ends = bench().awaitAll(handle);
    Instant bigStart = Bench.started(Bench.result(ends, big));
    long after =
        List.of(tasks).subList(2, tasks.length).stream()
            .map(t -> Bench.started(Bench.result(ends, t)))
            .filter(start -> start.isAfter(bigStart))
            .count();
    assertThat(after).as("small ones that had to wait for the big one").isGreaterThan(20);
  }

  @Test
  default void aSiteSaysWhatItOffers() {
    Capabilities has = bench().executor().capabilities();
    assertThat(has.cores()).isPositive();
    assertThat(has.memoryMiB()).isPositive();
    assertThat(has.maxBatch()).isPositive();
    assertThat(has.queueDepth()).isPositive();
    assertThat(bench().executor().site()).isNotBlank();
  }

  private static String number(double cores) {
    return cores == Math.rint(cores) ? Long.toString((long) cores) : Double.toString(cores);
  }
}
