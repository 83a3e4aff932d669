package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a batch that is written down to Kubernetes, as far as it is not there, and follows it. */
record Attach(
    KubernetesOptions options,
    Ground ground,
    Api api,
    Follow follow,
    Observations observations,
    Clock clock) {

  /**
   * @return what it has of these attempts
   */
  BatchHandle to(BatchKey key, Collection<AttemptKey> attempts, Ground.Noted noted)
      throws IOException, SiteException {
    Instant queued = noted.at();
    Map<AttemptKey, TaskResult> results = new HashMap<>(ground.results(attempts, queued));
    List<Submission> wanted = new ArrayList<>();
    Map<AttemptKey, Slot> slots = new HashMap<>();
    for (Submission one : noted.jobs()) {
      for (int i = 0; i < one.attempts().size(); i++) {
        slots.put(one.attempts().get(i), one.slot(i));
      }
      if (one.attempts().stream().anyMatch(a -> attempts.contains(a) && !results.containsKey(a))) {
        wanted.add(one);
      }
    }
    Set<AttemptKey> created = create(key, noted.jobs(), wanted);
    results.putAll(ground.results(attempts, queued));
    Set<AttemptKey> had = new HashSet<>(attempts);
    for (AttemptKey attempt : attempts) {
      TaskResult result = results.get(attempt);
      Slot slot = slots.get(attempt);
      if (slot != null && (hasRun(result) || (result == null && created.contains(attempt)))) {
        follow.add(
            new Followed(attempt, slot, key, ground, options.namespace(), queued, clock.instant()),
            result != null);
      } else if (result != null) {
        observations.tell(key, attempt, new TaskState.Ended(result));
      } else {
        had.remove(attempt);
      }
    }
    return new BatchHandle(key, had, options.namespace() + "/" + key.value());
  }

  /**
   * Pods of an indexed Job that have a result already find their attempts claimed, and end.
   *
   * @return those that Kubernetes has now; it has refused the others, and they never run
   */
  private Set<AttemptKey> create(BatchKey key, List<Submission> all, List<Submission> wanted)
      throws IOException, SiteException {
    if (wanted.isEmpty()) {
      return Set.of();
    }
    var secret = ground.pods().secret(key, all);
    if (secret.isPresent()) {
      api.create(secret.get());
    }
    Map<String, AttemptFailure> refused =
        new Create(api).all(wanted.stream().map(Submission::job).toList());
    Set<AttemptKey> created = new HashSet<>();
    for (Submission one : wanted) {
      Optional<AttemptFailure> failure = Optional.ofNullable(refused.get(one.name()));
      if (failure.isEmpty()) {
        created.addAll(one.attempts());
      } else {
        for (AttemptKey attempt : one.attempts()) {
          ground.attempts().fail(attempt, failure.get(), clock.instant());
        }
      }
    }
    return created;
  }

  /** Its pod may say more than its record: whether it was ended, and what image it ran. */
  private static boolean hasRun(@Nullable TaskResult result) {
    return result != null && result.usage().started() != null;
  }
}
