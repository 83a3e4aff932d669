package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is made of an attempt whose job is over. */
record Verdict(JobErrors errors, Clock clock) {

  /** By SIGTERM or SIGKILL, as far as a shell can tell. */
  static boolean wasStopped(TaskResult result) {
    return switch (result.outcome()) {
      case TaskResult.Outcome.Exited exited ->
          exited.code() == 128 + 15 || exited.code() == 128 + 9;
      case TaskResult.Outcome.Failed failed -> failed.kind() == FailureKind.CANCELLED;
    };
  }

  /**
   * Whether nothing that the site may say of the job's end tells more than the tool's own. A tool
   * that was stopped tells nothing by itself: as long as nobody says who stopped it, that is not
   * known. And one that ran out of memory mostly lost a process of its own first.
   */
  static boolean isWholeTruth(JobEnd end, TaskResult result) {
    boolean started = result.usage().started() != null;
    if (Ends.isOutOfMemory(end.state())) {
      return started && result.outcome().equals(new TaskResult.Outcome.Exited(0));
    }
    return !wasStopped(result)
        ? started || !Ends.isForced(end.state())
        : end.isKnown() && !Ends.isForced(end.state());
  }

  TaskState neverStarted(Followed followed, BundleFolder.Revocation why) {
    return switch (why) {
      case CANCELLED -> failed(followed, FailureKind.CANCELLED, "cancelled before it started");
      case GIVEN_UP -> new TaskState.Lost("it was given up before it started");
    };
  }

  /**
   * Of a job that the controller does not know any more.
   *
   * @param end as somebody else remembers it
   * @param result of a tool that was stopped; empty if there is none
   */
  TaskState ofForgotten(Followed followed, JobEnd end, Optional<TaskResult> result) {
    if (result.isEmpty()) {
      return withoutResult(followed, end);
    }
    if (isWholeTruth(end, result.get())) {
      return new TaskState.Ended(result.get());
    }
    JobEnd known = end.isKnown() ? end : errors.end(followed).orElse(end);
    if (known.isKnown()) {
      return withoutResult(followed, known);
    }
    // Not the tool's failure: a site may have stopped it. Another attempt will tell.
    return new TaskState.Lost(
        "Slurm job %s is not known to Slurm any more, and its tool was stopped (%s): nobody tells by whom%s"
            .formatted(followed.siteId(), how(result.get()), errors.quoted(followed)));
  }

  private static String how(TaskResult result) {
    return switch (result.outcome()) {
      case TaskResult.Outcome.Exited exited -> "exit code " + exited.code();
      case TaskResult.Outcome.Failed failed -> failed.reason();
    };
  }

  /** Of a job that left no result, or none that tells why it ended. */
  TaskState withoutResult(Followed followed, JobEnd end) {
    String state = end.state();
    Optional<FailureKind> kind = Ends.kind(state);
    String job = "Slurm job " + followed.siteId();
    if (kind.isEmpty() && errors.tellsOfMemory(followed)) {
      return failed(
          followed,
          FailureKind.RESOURCES,
          job + " ended as " + state + errors.quoted(followed),
          new Shortage.Memory());
    }
    if (kind.isEmpty()) {
      String how = end.isKnown() ? " ended as " + state : " is not known to Slurm any more";
      return new TaskState.Lost(job + how + " and left no result" + errors.quoted(followed));
    }
    return kind.get() == FailureKind.CANCELLED
        ? failed(followed, kind.get(), "cancelled")
        : failed(
            followed,
            kind.get(),
            job + " ended as " + state + errors.quoted(followed),
            shortage(end));
  }

  private static @Nullable Shortage shortage(JobEnd end) {
    if (Ends.isOutOfMemory(end.state())) {
      return new Shortage.Memory();
    }
    Duration limit = end.limit();
    return Ends.isOutOfTime(end.state()) && limit != null ? new Shortage.Time(limit) : null;
  }

  private TaskState failed(Followed followed, FailureKind kind, String reason) {
    return failed(followed, kind, reason, null);
  }

  private TaskState failed(
      Followed followed, FailureKind kind, String reason, @Nullable Shortage shortage) {
    return new TaskState.Ended(
        new TaskResult(
            new TaskResult.Outcome.Failed(kind, reason, shortage),
            new TaskResult.Usage("", followed.queued(), null, clock.instant(), null, null),
            followed.siteId(),
            null));
  }
}
