package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.executors.api.FailureKind;
import java.time.Duration;
import java.util.Map;

/**
 * How often and when a failed task is tried again (DESIGN.md, rule 7). Each kind of failure has its
 * own budget; what a run's options do not name has the default here.
 *
 * @param budgets by kind; missing means none
 * @param firstWait before the second attempt; it doubles with each further one
 * @param longestWait at most
 */
public record RetryPolicy(
    Map<FailureKind, Integer> budgets, Duration firstWait, Duration longestWait) {

  private static final int MOST_DOUBLINGS = 20;

  /** Only what is nobody's fault is tried again by itself. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Map.of(FailureKind.INFRASTRUCTURE, 3), Duration.ofSeconds(1), Duration.ofMinutes(1));

  public RetryPolicy {
    budgets = Map.copyOf(budgets);
  }

  boolean allows(OpenTask task, Failure failure, RunOptions options) {
    if (failure.code().equals(OpenTask.MOVED)) {
      return true;
    }
    int budget =
        failure.code().equals(OpenTask.TEMPORARY)
            ? options.temporaryFailRetries()
            : options
                .retries()
                .getOrDefault(failure.kind(), budgets.getOrDefault(failure.kind(), 0));
    return task.failuresLike(failure) < budget;
  }

  /** Whether what had too little may get more: unless who started the run wants no such retry. */
  static boolean raises(RunOptions options) {
    return options.retries().getOrDefault(FailureKind.RESOURCES, 1) > 0;
  }

  /**
   * @param failures before this one
   */
  Duration waitAfter(int failures) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return wait.compareTo(longestWait) > 0 ? longestWait : wait;
  }
}
