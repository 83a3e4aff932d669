package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Is told of Jobs and pods by several threads, and has each of them looked at. Asks nobody. */
final class Follow {

  private final Following following;
  private final Look look;
  private final Waits waits;
  private final Heard heard;

  Follow(Following following, Look look, Waits waits, Heard heard) {
    this.following = following;
    this.look = look;
    this.waits = waits;
    this.heard = heard;
  }

  /**
   * @param hasRecord if it is over, whatever its pod may have to say about it
   */
  synchronized void add(Followed followed, boolean hasRecord) {
    look(following.add(followed, hasRecord));
  }

  synchronized Optional<Followed> of(AttemptKey attempt) {
    return following.of(attempt).map(Course::followed);
  }

  synchronized void seen(PodView pod) {
    following.pods(pod.slot()).seen(pod);
    following.at(pod.slot()).ifPresentOrElse(this::look, () -> look.seenInVain(pod));
  }

  synchronized void gone(PodView pod) {
    following.pods(pod.slot()).gone(pod);
    following.at(pod.slot()).ifPresent(this::look);
    following.forget(pod.slot());
  }

  synchronized void jobSeen(JobView job) {
    BitSet news = following.job(job.name()).exists(job);
    if (news == null) {
      following.in(job.name()).forEach(this::look);
    } else {
      news.stream()
          .mapToObj(index -> following.at(new Slot(job.name(), index)))
          .flatMap(Optional::stream)
          .forEach(this::look);
    }
  }

  synchronized void jobGone(String job) {
    following.job(job).isMissing();
    following.in(job).forEach(this::look);
    following.forget(Slot.only(job));
  }

  /** In Kubernetes' words: why the pods of a Job are refused. */
  synchronized void refused(String job, String words) {
    following.refuse(job, words);
    following.in(job).forEach(this::look);
  }

  /** In its queue's words: why a Job is not admitted. */
  synchronized void queued(String job, String words) {
    following.queue(job, words);
    following.in(job).forEach(this::look);
  }

  private void look(Course course) {
    heard.run(
        course.followed().siteId(),
        () -> {
          if (following.has(course)) {
            look.at(course);
          }
        });
  }

  /** In Kubernetes' words. */
  Optional<String> waitsFor(AttemptKey attempt) {
    return waits.of(attempt).map(this::orTrouble);
  }

  private String orTrouble(String reason) {
    return heard.words().orElse(reason);
  }

  /** Told by nobody: what is late, what waits for too long, and what has vanished. */
  synchronized void tick(Known known) {
    for (Course course : following.all()) {
      heard.run(
          "how late " + course.followed().siteId() + " is",
          () -> {
            if (following.has(course)) {
              look.again(course, known);
            }
          });
    }
  }

  /** Somebody wants no more of it. */
  synchronized void cancelled(Followed followed) {
    following.of(followed.attempt()).ifPresent(Course::cancel);
  }

  /** Attempts that were kept from starting need not wait for the end of their pod. */
  synchronized void neverStarted(Followed followed, Why why) {
    following.of(followed.attempt()).ifPresent(course -> look.neverStarted(course, why));
  }

  /** The pods that it has now and that nobody has deleted. */
  synchronized List<String> pods(Followed followed) {
    return following
        .of(followed.attempt())
        .map(course -> course.pods().staying())
        .orElse(List.of());
  }

  /** Whether these are all of a Job whose ends are not known. */
  synchronized boolean areAll(String job, Collection<AttemptKey> attempts) {
    return following.in(job).stream()
        .map(course -> course.followed().attempt())
        .allMatch(Set.copyOf(attempts)::contains);
  }

  /** Of which no pod lives any more, or none is to: their records are awaited. */
  synchronized List<Followed> awaitingEnds() {
    return following.all().stream()
        .filter(one -> one.isOver() || one.isToEnd())
        .map(Course::followed)
        .toList();
  }

  /** The names of the Jobs of all that is followed. */
  synchronized Set<String> jobs() {
    return following.jobNames();
  }
}
