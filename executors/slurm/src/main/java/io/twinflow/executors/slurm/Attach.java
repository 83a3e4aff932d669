package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings a batch that is written down to Slurm, as far as it is not there, and follows it. */
record Attach(Ground ground, Submit submit, Follow follow, Observations observations) {

  /**
   * @return what it has of these attempts
   */
  BatchHandle to(
      BatchKey key, Collection<AttemptKey> attempts, BatchNotes notes, BatchContent content)
      throws IOException, SiteException {
    Instant queued = content.written();
    Map<String, AttemptKey> byName = new HashMap<>();
    attempts.forEach(attempt -> byName.put(ground.name(attempt), attempt));
    List<Long> jobs = new ArrayList<>();
    List<Followed> open = new ArrayList<>();
    try {
      submit.missing(
          key,
          notes,
          content,
          part -> {
            jobs.add(part.job());
            for (int i = 0; i < part.count(); i++) {
              AttemptKey attempt = byName.remove(content.attempts().get(part.first() + i));
              if (attempt != null) {
                open.add(part.followed(attempt, key, i, queued));
              }
            }
          });
    } finally {
      // What Slurm has goes on, also if it does not take the rest yet.
      follow.add(open);
    }
    Set<AttemptKey> had = new HashSet<>(attempts);
    had.removeAll(withoutResult(key, byName.values(), queued));
    String ids = jobs.stream().map(job -> Long.toString(job)).collect(Collectors.joining(","));
    return new BatchHandle(key, had, ids);
  }

  /**
   * Tells the results of those that can never run.
   *
   * @return those that have none
   */
  private Set<AttemptKey> withoutResult(
      BatchKey key, Collection<AttemptKey> unsubmitted, Instant queued) throws IOException {
    Set<AttemptKey> unknown = new HashSet<>();
    for (AttemptKey attempt : unsubmitted) {
      Optional<TaskResult> failed = ground.attempts().result(attempt, queued);
      if (failed.isPresent()) {
        observations.tell(key, attempt, new TaskState.Ended(failed.get()));
      } else {
        unknown.add(attempt);
      }
    }
    return unknown;
  }
}
