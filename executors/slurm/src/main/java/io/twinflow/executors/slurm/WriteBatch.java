package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
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
  BatchContent of(Batch batch, BatchNotes notes) throws IOException {
    Set<AttemptKey> written = ConcurrentHashMap.newKeySet();
    AtOnce.each(
        batch.tasks(),
        task -> {
          try {
            cluster.size().check(task.resources());
            ground.check(task.resources());
            ground.attempts().write(task);
            written.add(task.attempt());
          } catch (AttemptFailure e) {
            ground.attempts().fail(task.attempt(), e, clock.instant());
          }
        });
    List<TaskSpec> ready =
        batch.tasks().stream().filter(task -> written.contains(task.attempt())).toList();
    return notes.write(
        ready.stream().map(task -> ground.name(task.attempt())).toList(),
        new Parts(batch.key(), ground, options.jobs()).of(ready));
  }
}
