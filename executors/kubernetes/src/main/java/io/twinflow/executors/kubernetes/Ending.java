package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.kubernetes.Ground.Looked;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt ended of which no pod lives any more. */
final class Ending {

  private Ending() {}

  /**
   * Empty if its record may still become visible.
   *
   * @param last its pod; null if none was seen
   * @param since when no pod of it lived any more; what was known before counts for nothing
   * @param latest when its record has had time enough
   */
  static Optional<TaskState> of(
      Followed followed, @Nullable PodView last, Instant since, Instant latest, Instant now) {
    boolean late = latest.isBefore(now);
    try {
      Looked looked = followed.look();
      if (looked.result().isPresent()) {
        return Optional.of(recorded(followed, looked.result().get(), last));
      }
      if (looked.at() != null && looked.at().isBefore(since)) {
        return Optional.empty();
      }
      late = latest.isBefore(looked.at() == null ? now : looked.at());
      if (looked.revoked().isPresent()) {
        return Optional.of(neverStarted(followed, looked.revoked().get(), now));
      }
    } catch (IOException e) {
      return late
          ? Optional.of(new TaskState.Lost("its result cannot be read: " + e.getMessage()))
          : Optional.empty();
    }
    if (followed.isCancelled() && (last != null || late)) {
      return Optional.of(failed(followed, new Why(FailureKind.CANCELLED, "cancelled"), now));
    }
    Why why = last == null ? null : last.why();
    if (why != null) {
      return Optional.of(failed(followed, named(followed, why), now));
    }
    return late ? Optional.of(new TaskState.Lost(lost(followed, last))) : Optional.empty();
  }

  private static TaskState recorded(Followed followed, TaskResult result, @Nullable PodView last) {
    TaskResult whole =
        new TaskResult(
            result.outcome(),
            result.usage(),
            followed.siteId(),
            last == null ? null : last.image());
    Why why = last == null ? null : last.why();
    boolean outOfMemory = why != null && why.kind() == FailureKind.RESOURCES;
    if (wasStopped(result.outcome()) || (outOfMemory && hasFailed(result.outcome()))) {
      if (followed.isCancelled()) {
        return new TaskState.Ended(
            with(whole, new Outcome.Failed(FailureKind.CANCELLED, "cancelled")));
      }
      if (why != null) {
        return new TaskState.Ended(with(whole, named(followed, why).outcome()));
      }
      if (last != null && last.leaving()) {
        return new TaskState.Lost(lost(followed, last));
      }
    }
    return new TaskState.Ended(whole);
  }

  private static TaskResult with(TaskResult result, Outcome outcome) {
    return new TaskResult(outcome, result.usage(), result.siteId(), result.imageDigest());
  }

  /** By SIGTERM or SIGKILL, as far as a shell can tell. */
  private static boolean wasStopped(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited exited -> exited.code() == 128 + 15 || exited.code() == 128 + 9;
      case Outcome.Failed failed -> failed.kind() == FailureKind.CANCELLED;
    };
  }

  private static boolean hasFailed(Outcome outcome) {
    return outcome instanceof Outcome.Exited exited && exited.code() != 0;
  }

  private static TaskState neverStarted(Followed followed, Revocation why, Instant now) {
    return switch (why) {
      case CANCELLED ->
          failed(followed, new Why(FailureKind.CANCELLED, "cancelled before it started"), now);
      case GIVEN_UP -> new TaskState.Lost("it was given up before it started");
    };
  }

  private static Why named(Followed followed, Why why) {
    return new Why(
        why.kind(), "Job %s: %s".formatted(followed.siteId(), why.words()), why.shortage());
  }

  private static String lost(Followed followed, @Nullable PodView last) {
    String how =
        last == null
            ? "is not known to Kubernetes any more"
            : last.leaving()
                ? "had its pod deleted" + (last.words().isEmpty() ? "" : " (" + last.words() + ")")
                : last.words().isEmpty() ? "ended" : "ended as " + last.words();
    return "Job %s %s, and left no result".formatted(followed.siteId(), how);
  }

  static TaskState failed(Followed followed, Why why, Instant now) {
    return new TaskState.Ended(
        new TaskResult(
            why.outcome(),
            new TaskResult.Usage("", followed.queued(), null, now, null, null),
            followed.siteId(),
            null));
  }
}
