package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of an attempt whose end is not. Used under the lock of {@link Follow}. */
final class Course {

  private final Followed followed;
  private final Pods pods;
  private final JobState job;
  private boolean cancelled;
  private boolean recorded;
  private boolean vanished;
  private @Nullable TaskState last;

  /** Why its image could not be pulled, when that was said last. */
  private String pull = "";

  private @Nullable Instant overSince;
  private @Nullable Instant leavingSince;

  /**
   * @param recorded if it is over, whatever its pod may have to say about it
   */
  Course(Followed followed, Pods pods, JobState job, boolean recorded) {
    this.followed = followed;
    this.pods = pods;
    this.job = job;
    this.recorded = recorded;
    this.cancelled = followed.isCancelled();
  }

  Followed followed() {
    return followed;
  }

  Pods pods() {
    return pods;
  }

  /** Whether nothing of it lives or will. */
  boolean isOver() {
    return pods.lives().isEmpty() && (vanished || pods.wereSeen() || job.isOver(followed.slot()));
  }

  /** Kubernetes does not know it any more. */
  void vanish() {
    vanished = true;
  }

  boolean isRecorded() {
    return recorded;
  }

  /** Somebody wants no more of it. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Somebody has cancelled it or deleted its pod. */
  boolean isToEnd() {
    return cancelled || pods.isLeaving();
  }

  @Nullable Why neverStarts() {
    return pods.lives().map(PodView::why).orElse(pods.isEmpty() ? job.refusal() : null);
  }

  /** Why it waits, in Kubernetes' words. */
  String words() {
    String pod = pods.lives().map(PodView::words).orElse("");
    if (pod.startsWith("ErrImagePull")) {
      pull = pod;
    } else if (pod.startsWith("ImagePullBackOff") && !pull.isEmpty()) {
      // While it waits to pull again, its node does not say what for.
      return pull;
    }
    return pod.isEmpty() ? job.words() : pod;
  }

  /**
   * It waits or runs.
   *
   * @return whether that is news
   */
  boolean goesOn(TaskState state) {
    boolean news = !state.equals(last);
    last = state;
    return news;
  }

  void lives() {
    overSince = null;
  }

  /** Since when nothing of it lives. */
  Instant overSince(Instant now) {
    Instant since = overSince == null ? now : overSince;
    overSince = since;
    return since;
  }

  /** Whether its pod was deleted that long ago and is still there. */
  boolean isLeavingFor(Duration limit, Instant now) {
    if (!pods.isLeaving()) {
      leavingSince = null;
      return false;
    }
    Instant since = leavingSince == null ? now : leavingSince;
    leavingSince = since;
    return since.plus(limit).isBefore(now);
  }

  /** What it was told to wait for; empty if it does not wait. */
  Optional<String> waitsFor() {
    return last instanceof TaskState.Queued queued
        ? Optional.of(queued.reason())
        : Optional.empty();
  }
}
