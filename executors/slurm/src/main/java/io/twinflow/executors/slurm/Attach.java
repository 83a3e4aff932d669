package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
import java.io.IOException;
import java.nio.file.Path;
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
record Attach(Path root, Submit submit, Follow follow, Observations observations) {

  /**
   * @return what it has of these attempts
   */
  BatchHandle to(
      BatchKey key, Collection<AttemptKey> attempts, BatchFolder files, BatchContent content)
      throws IOException, SiteException {
    Instant queued = files.written();
    List<Submit.Submitted> parts = submit.missing(files, content);
    Map<Path, AttemptKey> byFolder = new HashMap<>();
    attempts.forEach(attempt -> byFolder.put(folder(attempt).path(), attempt));
    List<Followed> open = new ArrayList<>();
    for (Submit.Submitted part : parts) {
      for (int i = 0; i < part.count(); i++) {
        AttemptKey attempt = byFolder.remove(content.attempts().get(part.first() + i));
        if (attempt != null) {
          open.add(
              new Followed(
                  attempt,
                  key,
                  folder(attempt),
                  part.comment(),
                  i,
                  part.job(),
                  part.count() > 1,
                  queued));
        }
      }
    }
    Set<AttemptKey> had = new HashSet<>(attempts);
    had.removeAll(withoutResult(key, byFolder.values(), queued));
    follow.add(open);
    String ids = parts.stream().map(p -> Long.toString(p.job())).collect(Collectors.joining(","));
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
      Optional<TaskResult> failed = ResultRecord.read(folder(attempt), queued);
      if (failed.isPresent()) {
        observations.tell(key, attempt, new TaskState.Ended(failed.get()));
      } else {
        unknown.add(attempt);
      }
    }
    return unknown;
  }

  private BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }
}
