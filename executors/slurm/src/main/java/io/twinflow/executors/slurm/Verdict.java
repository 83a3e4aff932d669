package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder;
import java.time.Clock;
import java.util.Optional;

/** What is made of an attempt whose job is over. */
record Verdict(ErrorsLog errors, Clock clock) {

  /** By SIGTERM or SIGKILL, as far as a shell can tell. */
  static boolean wasStopped(TaskResult result) {
    return switch (result.outcome()) {
      case TaskResult.Outcome.Exited exited ->
          exited.code() == 128 + 15 || exited.code() == 128 + 9;
      case TaskResult.Outcome.Failed failed -> failed.kind() == FailureKind.CANCELLED;
    };
  }

  /** What fails before the tool has started while its site ends the job has been stopped, too. */
  static boolean saysLessThan(String state, TaskResult result) {
    return Ends.isForced(state) && (wasStopped(result) || result.usage().started() == null);
  }

  TaskState neverStarted(Followed followed, BundleFolder.Revocation why) {
    return switch (why) {
      case CANCELLED -> failed(followed, FailureKind.CANCELLED, "cancelled before it started");
      case GIVEN_UP -> new TaskState.Lost("it was given up before it started");
    };
  }

  /**
   * @param state empty if nobody knows
   */
  TaskState withoutResult(Followed followed, String state) {
    Optional<FailureKind> kind = Ends.kind(state);
    String job = "Slurm job " + followed.siteId();
    if (kind.isEmpty()) {
      String end = state.isEmpty() ? " is not known to Slurm any more" : " ended as " + state;
      return new TaskState.Lost(job + end + " and left no result" + errors.quoted(followed));
    }
    return failed(
        followed,
        kind.get(),
        kind.get() == FailureKind.CANCELLED
            ? "cancelled"
            : job + " ended as " + state + errors.quoted(followed));
  }

  private TaskState failed(Followed followed, FailureKind kind, String reason) {
    return new TaskState.Ended(
        new TaskResult(
            new TaskResult.Outcome.Failed(kind, reason),
            new TaskResult.Usage("", followed.queued(), null, clock.instant(), null, null),
            followed.siteId(),
            null));
  }
}
