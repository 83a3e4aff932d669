package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.remote.AtOnce;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what a batch consists of, before any of it is created. */
record WriteBatch(
    KubernetesOptions options, Ground ground, Cluster cluster, IndexedJobs indexed, Clock clock) {

  /** What can never run gets its result here. */
  void of(Batch batch) throws IOException {
    Long given = options.pods().security().user();
    long user = given != null ? given : ground.pods().user();
    Scatters jobs =
        new Scatters(new JobBody(options, ground.labels(), ground.pods(), user), batch.key());
    Set<AttemptKey> written = ConcurrentHashMap.newKeySet();
    AtOnce.each(
        batch.tasks(),
        task -> {
          try {
            cluster.check(task);
            jobs.one(task);
            ground.attempts().write(task);
            written.add(task.attempt());
          } catch (AttemptFailure e) {
            ground.attempts().fail(task.attempt(), e, clock.instant());
          }
        });
    List<TaskSpec> ready =
        batch.tasks().stream().filter(task -> written.contains(task.attempt())).toList();
    ground.note(batch.key(), submissions(jobs, ready));
  }

  private List<Submission> submissions(Scatters jobs, List<TaskSpec> ready) {
    try {
      if (ready.size() > 1 && indexed.areThere()) {
        return jobs.of(ready);
      }
      List<Submission> all = new ArrayList<>();
      for (TaskSpec task : ready) {
        all.add(jobs.one(task));
      }
      return all;
    } catch (AttemptFailure e) {
      throw new IllegalStateException("what could run cannot run: " + e.getMessage(), e);
    }
  }
}
