package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.remote.AtOnce;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what a batch consists of, before any of it is submitted. */
record WriteBatch(Ground ground, SlurmOptions options, Cluster cluster, Clock clock) {

  /** What can never run gets its result here. */
  BatchContent of(Batch batch) throws IOException {
    Parts parts = new Parts(batch.key(), ground, options.jobs());
    return batch.tasks().size() == 1
        ? one(batch.key(), batch.tasks().getFirst(), parts)
        : many(batch, parts);
  }

  private BatchContent one(BatchKey key, TaskSpec task, Parts parts) throws IOException {
    try {
      check(task);
      return ground.write(key, task, parts.of(task));
    } catch (AttemptFailure e) {
      ground.attempts().fail(task.attempt(), e, clock.instant());
      return ground.write(key, List.of(), List.of());
    }
  }

  private void check(TaskSpec task) throws AttemptFailure {
    cluster.size().check(task.resources());
    ground.check(task.resources());
  }

  private BatchContent many(Batch batch, Parts parts) throws IOException {
    Set<AttemptKey> written = ConcurrentHashMap.newKeySet();
    AtOnce.each(
        batch.tasks(),
        task -> {
          try {
            check(task);
            ground.attempts().write(task);
            written.add(task.attempt());
          } catch (AttemptFailure e) {
            ground.attempts().fail(task.attempt(), e, clock.instant());
          }
        });
    List<TaskSpec> ready =
        batch.tasks().stream().filter(task -> written.contains(task.attempt())).toList();
    return ground.write(
        batch.key(),
        ready.stream().map(task -> ground.name(task.attempt())).toList(),
        parts.of(ready));
  }
}
