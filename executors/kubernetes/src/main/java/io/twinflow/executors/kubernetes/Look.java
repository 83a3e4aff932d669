package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes of what Kubernetes says about an attempt, and of what its ground holds, what is told of it.
 * Used under the lock of {@link Follow}.
 */
final class Look {

  private static final Logger LOG = System.getLogger(Look.class.getName());

  /** A result may become visible on the shared folder later than Kubernetes knows of the end. */
  private static final Duration LATE_RESULT = Duration.ofSeconds(5);

  /** A Job that was just created may not have been told of yet. */
  static final Duration LATE_NEWS = Duration.ofSeconds(15);

  /** So long after a pod was deleted, its node will not say any more that it has ended. */
  private static final Duration LOST_NODE = Duration.ofMinutes(10);

  private final Following following;
  private final Waits waits;
  private final Observations observations;
  private final Unwanted unwanted;
  private final Clock clock;
  private final Duration queueTimeout;

  Look(
      Following following,
      Waits waits,
      Observations observations,
      Unwanted unwanted,
      Clock clock,
      Duration queueTimeout) {
    this.following = following;
    this.waits = waits;
    this.observations = observations;
    this.unwanted = unwanted;
    this.clock = clock;
    this.queueTimeout = queueTimeout;
  }

  void at(Course course) {
    if (course.isOver()) {
      over(course);
      return;
    }
    course.lives();
    Followed followed = course.followed();
    Why never = course.neverStarts();
    Optional<PodView> pod = course.pods().lives();
    if (pod.isPresent() && pod.get().stage() == Stage.RUNS) {
      Instant since = pod.get().started();
      tell(
          course,
          new TaskState.Running(since == null ? followed.queued() : since, pod.get().node()));
    } else if (never != null) {
      giveUp(course, new Why(never.kind(), "Job " + followed.siteId() + ": " + never.words()));
    } else if (!course.isRecorded()) {
      String words = course.words();
      tell(
          course,
          new TaskState.Queued(
              words.isEmpty() ? "waits at Kubernetes" : "waits at Kubernetes: " + words));
    }
    if (course.isCancelled() && followed.slot().isIndexed() && following.has(course)) {
      // Its pod may have been told of after it was cancelled.
      discard(course);
    }
  }

  private void over(Course course) {
    Instant now = clock.instant();
    Instant since = course.overSince(now);
    PodView pod = course.pods().last();
    Instant latest = since.plus(pod == null ? LATE_NEWS : LATE_RESULT);
    if (pod == null && !latest.isBefore(now)) {
      // One that may know more is perhaps about to be told of.
      return;
    }
    Ending.of(course.followed(), pod, since, latest, now).ifPresent(end -> ended(course, end));
  }

  private void ended(Course course, TaskState end) {
    end(course, end);
    if (end instanceof TaskState.Lost) {
      discard(course);
    }
  }

  /** Ends an attempt that has not started, unless it just does. */
  private void giveUp(Course course, Why why) {
    Followed followed = course.followed();
    AttemptKey attempt = followed.attempt();
    try {
      if (!followed.ground().attempts().revoke(attempt, Revocation.GIVEN_UP)) {
        return;
      }
      Instant now = clock.instant();
      followed.ground().attempts().fail(attempt, new AttemptFailure(why.kind(), why.words()), now);
      end(course, Ending.failed(followed, why, now));
      discard(course);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be given up: {1}", attempt, e.getMessage());
    }
  }

  /** Of what nobody tells: what is late, what waits for too long, and what has vanished. */
  void again(Course course, Known known) {
    Instant now = clock.instant();
    Followed followed = course.followed();
    if (!known.hears()) {
      // A pod may run of which nobody could tell.
      course.lives();
      return;
    }
    boolean told = followed.since().plus(LATE_NEWS).isBefore(now);
    if (told && (course.isRecorded() || !known.hasJob(followed.slot().job()))) {
      course.vanish();
    }
    if (course.isOver()) {
      over(course);
    } else if (course.isLeavingFor(LOST_NODE, now)) {
      ended(
          course,
          new TaskState.Lost(
              "Job %s had its pod deleted, and the node does not say that it has ended"
                  .formatted(followed.siteId())));
    } else if (course.isToEnd()) {
      endByRecord(course, now);
    } else if (course.waitsFor().isPresent()
        && followed.queued().plus(queueTimeout).isBefore(now)) {
      giveUp(
          course,
          new Why(
              FailureKind.INFRASTRUCTURE,
              "Job %s did not start within %s; it %s"
                  .formatted(followed.siteId(), queueTimeout, course.waitsFor().get())));
    }
  }

  /** A node may need a minute to say that a pod is gone; the record says it before. */
  private void endByRecord(Course course, Instant now) {
    Followed followed = course.followed();
    PodView pod = course.pods().lives().orElse(null);
    try {
      if (followed.look().result().isPresent()) {
        Ending.of(followed, pod, now, now, now).ifPresent(end -> ended(course, end));
      }
    } catch (IOException e) {
      LOG.log(Level.INFO, "the record of {0} cannot be read: {1}", followed.attempt(), e);
    }
  }

  /** An attempt that was kept from starting need not wait for the end of its pod. */
  void neverStarted(Course course, Why why) {
    end(course, Ending.failed(course.followed(), why, clock.instant()));
    following.giveUp(course.followed().slot());
  }

  /** A pod was made for an attempt that has been given up. */
  void seenInVain(PodView pod) {
    if (pod.stage() != Stage.OVER && !pod.leaving() && following.isGivenUp(pod.slot())) {
      unwanted.pod(pod.name());
    }
  }

  /** What may still make a pod of it, or is one: others of its Job go on. */
  private void discard(Course course) {
    Slot slot = course.followed().slot();
    List<Course> others =
        following.in(slot.job()).stream().filter(other -> other != course).toList();
    if (others.isEmpty()) {
      unwanted.job(slot.job());
    } else {
      following.giveUp(slot);
      course.pods().staying().forEach(unwanted::pod);
    }
  }

  private void tell(Course course, TaskState state) {
    if (course.goesOn(state)) {
      waits.now(course.followed().attempt(), state);
      observations.tell(course.followed().batch(), course.followed().attempt(), state);
    }
  }

  private void end(Course course, TaskState state) {
    following.remove(course);
    waits.now(course.followed().attempt(), state);
    observations.tell(course.followed().batch(), course.followed().attempt(), state);
  }
}
