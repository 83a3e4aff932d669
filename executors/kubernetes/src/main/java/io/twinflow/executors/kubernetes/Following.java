package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts whose end is not known, and what was told of Jobs and pods, be it before anybody
 * asked for them. Used under the lock of {@link Follow}.
 */
final class Following {

  private final Map<Slot, Course> open = new HashMap<>();
  private final Map<AttemptKey, Course> byAttempt = new HashMap<>();
  private final Map<String, Map<Slot, Course>> byJob = new HashMap<>();
  private final Map<Slot, Pods> pods = new HashMap<>();
  private final Map<String, JobState> jobs = new HashMap<>();

  /** Of Jobs that go on without them. */
  private final Map<String, Set<Slot>> given = new HashMap<>();

  private final Early refusals = new Early();
  private final Early queued = new Early();

  /** The same again if it is followed already. */
  Course add(Followed followed, boolean recorded) {
    Slot slot = followed.slot();
    Course known = open.get(slot);
    if (known != null) {
      return known;
    }
    Course course = new Course(followed, pods(slot), job(slot.job()), recorded);
    open.put(slot, course);
    byAttempt.put(followed.attempt(), course);
    byJob.computeIfAbsent(slot.job(), j -> new LinkedHashMap<>()).put(slot, course);
    refusals.take(slot.job()).ifPresent(words -> refuse(slot.job(), words));
    queued.take(slot.job()).ifPresent(words -> queue(slot.job(), words));
    return course;
  }

  void remove(Course course) {
    Slot slot = course.followed().slot();
    open.remove(slot);
    byAttempt.remove(course.followed().attempt());
    Map<Slot, Course> others = byJob.get(slot.job());
    if (others != null) {
      others.remove(slot);
      if (others.isEmpty()) {
        byJob.remove(slot.job());
        given.remove(slot.job());
      }
    }
    forget(slot);
  }

  /** What nobody follows and is not there any more is not kept. */
  void forget(Slot slot) {
    Pods known = pods.get(slot);
    if (!open.containsKey(slot) && known != null && known.isEmpty()) {
      pods.remove(slot);
    }
    JobState job = jobs.get(slot.job());
    if (!byJob.containsKey(slot.job()) && job != null && job.missing()) {
      jobs.remove(slot.job());
    }
  }

  /** Its attempt has ended, and others of its Job go on. */
  void giveUp(Slot slot) {
    if (byJob.containsKey(slot.job())) {
      given.computeIfAbsent(slot.job(), j -> new HashSet<>()).add(slot);
    }
  }

  boolean isGivenUp(Slot slot) {
    return given.getOrDefault(slot.job(), Set.of()).contains(slot);
  }

  boolean has(Course course) {
    return open.get(course.followed().slot()) == course;
  }

  Pods pods(Slot slot) {
    return pods.computeIfAbsent(slot, s -> new Pods());
  }

  JobState job(String name) {
    return jobs.computeIfAbsent(name, j -> new JobState());
  }

  Optional<Course> at(Slot slot) {
    return Optional.ofNullable(open.get(slot));
  }

  Optional<Course> of(AttemptKey attempt) {
    return Optional.ofNullable(byAttempt.get(attempt));
  }

  List<Course> in(String job) {
    return List.copyOf(byJob.getOrDefault(job, Map.of()).values());
  }

  List<Course> all() {
    return new ArrayList<>(open.values());
  }

  Set<String> jobNames() {
    return Set.copyOf(byJob.keySet());
  }

  /** In Kubernetes' words: why the pods of a Job are refused. */
  void refuse(String name, String words) {
    if (byJob.containsKey(name)) {
      job(name).refused(words, refusal(words));
    } else {
      refusals.put(name, words);
    }
  }

  /** In its queue's words: why a Job is not admitted. */
  void queue(String name, String words) {
    if (byJob.containsKey(name)) {
      job(name).queued(words);
    } else {
      queued.put(name, words);
    }
  }

  /** Null if it may be made yet. */
  private static @Nullable Why refusal(String words) {
    return Refusal.isPassing(words) ? null : new Why(Refusal.kindOf(words), words);
  }
}
