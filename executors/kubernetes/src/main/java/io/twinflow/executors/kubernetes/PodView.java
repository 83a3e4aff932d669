package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod: thousands are.
 *
 * @param slot whose pod it is
 * @param leaving whether somebody has deleted it
 * @param words why it waits, or how it ended, in Kubernetes' own
 * @param why an end that is not the tool's own doing, or a wait that will never end; null if there
 *     is no such reason
 * @param started null before
 * @param image what it runs, by digest; null before it is known
 */
record PodView(
    Slot slot,
    String name,
    String uid,
    Stage stage,
    boolean leaving,
    String words,
    @Nullable Why why,
    @Nullable Instant started,
    String node,
    @Nullable String image) {

  enum Stage {
    WAITS,
    RUNS,
    OVER
  }

  /**
   * A failure by itself, whatever the tool left.
   *
   * @param shortage of which the tool may do well with more; null if of nothing
   */
  record Why(FailureKind kind, String words, @Nullable Shortage shortage) {

    Why(FailureKind kind, String words) {
      this(kind, words, null);
    }

    Outcome.Failed outcome() {
      return new Outcome.Failed(kind, words, shortage);
    }
  }
}
