package io.twinflow.executors.slurm;

import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Writes into the shared folder what a batch consists of, before any of it is submitted. */
record WriteBatch(Path root, SlurmOptions options, Cluster cluster, Clock clock) {

  /** What can never run gets its result here. */
  BatchContent of(Batch batch, BatchFolder files) throws IOException {
    List<TaskSpec> ready = new ArrayList<>();
    for (TaskSpec task : batch.tasks()) {
      BundleFolder folder = BundleFolder.of(root, task.attempt());
      try {
        cluster.size().check(task.resources());
        Bundle.write(task, folder, options.containers());
        ready.add(task);
      } catch (AttemptFailure e) {
        ResultRecord.writeFailure(folder, e, clock.instant());
      }
    }
    List<Submission> submissions =
        new Parts(batch.key(), Bundle.script(root), files.path(), options.jobs()).of(ready);
    return files.write(
        ready.stream().map(task -> BundleFolder.of(root, task.attempt()).path()).toList(),
        submissions);
  }
}
