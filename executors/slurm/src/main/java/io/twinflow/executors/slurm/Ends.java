package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Slurm's states mean (squeue(1), JOB STATE CODES). */
final class Ends {

  private static final Set<String> WAITING =
      Set.of(
          "PENDING",
          "CONFIGURING",
          "POWER_UP_NODE",
          "REQUEUED",
          "REQUEUE_FED",
          "REQUEUE_HOLD",
          "RESV_DEL_HOLD",
          "SPECIAL_EXIT");

  private static final Set<String> RUNNING =
      Set.of("COMPLETING", "RESIZING", "RUNNING", "SIGNALING", "STAGE_OUT", "STOPPED", "SUSPENDED");

  /** Ends that say why by themselves; after all others without a result the attempt is lost. */
  private static final Map<String, FailureKind> KINDS =
      Map.of(
          "CANCELLED", FailureKind.CANCELLED,
          "OUT_OF_MEMORY", FailureKind.RESOURCES,
          "TIMEOUT", FailureKind.RESOURCES,
          "DEADLINE", FailureKind.RESOURCES);

  private Ends() {}

  static boolean waits(String state) {
    return WAITING.contains(state);
  }

  static boolean runs(String state) {
    return RUNNING.contains(state);
  }

  /** Whether Slurm ended the job, so that it says why and not how the tool took it. */
  static boolean isForced(String state) {
    return !state.isEmpty() && !state.equals("COMPLETED") && !state.equals("FAILED");
  }

  static boolean isOutOfMemory(String state) {
    return state.equals("OUT_OF_MEMORY");
  }

  /** By its limit of time, which more of it would move; a deadline is the cluster's word. */
  static boolean isOutOfTime(String state) {
    return state.equals("TIMEOUT");
  }

  /** Of a job that left no result; empty if that is an infrastructure failure. */
  static Optional<FailureKind> kind(String state) {
    return Optional.ofNullable(KINDS.get(state));
  }
}
