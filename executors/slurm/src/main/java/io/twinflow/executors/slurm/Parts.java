package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits a batch into what one call can submit: neighbours that ask for the same, so that the order
 * of the batch is the order of the queue, and no more than an array may hold.
 *
 * @param ground of its attempts
 */
record Parts(BatchKey key, Ground ground, SlurmOptions.Jobs jobs) {

  /** Slurm's time is in whole minutes; the tool's own limit is kept by the bundle. */
  private static final Duration ROOM = Duration.ofMinutes(2);

  List<Submission> of(List<TaskSpec> tasks) {
    List<Submission> parts = new ArrayList<>();
    int maxArray = Math.min(jobs.maxArraySize() - 1, ground.mostInArray());
    int first = 0;
    for (int i = 1; i <= tasks.size(); i++) {
      if (i == tasks.size() || i - first == maxArray || !alike(tasks.get(first), tasks.get(i))) {
        TaskSpec task = tasks.get(first);
        parts.add(part(parts.size(), first, i - first, task, ground.job(key, task.resources())));
        first = i;
      }
    }
    return parts;
  }

  /** Of a batch that has no other task. */
  Submission of(TaskSpec only) {
    return part(0, 0, 1, only, ground.job(key, only));
  }

  static String comment(String key, int part) {
    return key + "/" + part;
  }

  private boolean alike(TaskSpec one, TaskSpec other) {
    return asked(one).equals(asked(other)) && Objects.equals(minutes(one), minutes(other));
  }

  /** What Slurm is asked for; disk is looked at by the bundle. */
  private static ResourceRequest asked(TaskSpec task) {
    ResourceRequest all = task.resources();
    return new ResourceRequest(all.cores(), all.memoryMiB(), 0, 0, all.gpus(), all.processes());
  }

  /** The tool's own limit, else what it was raised to, else the site's. */
  private @Nullable Integer minutes(TaskSpec task) {
    Duration own = task.timeLimit();
    if (own != null) {
      return Math.toIntExact(own.plus(ROOM).toMinutes());
    }
    Duration raised = task.resources().time();
    Duration time = raised == null ? jobs.time() : raised;
    return time == null
        ? null
        : Math.toIntExact(Math.max(1, time.plusMinutes(1).minusNanos(1).toMinutes()));
  }

  private Submission part(int number, int first, int count, TaskSpec task, Ground.JobText job) {
    ResourceRequest asked = task.resources();
    return new Submission(
        key.value(),
        comment(key.value(), number),
        job.script(),
        job.folder(),
        job.errors(),
        first,
        count,
        asked.processes(),
        (int) Math.max(1, Math.ceil(asked.cores() / asked.processes())),
        asked.memoryMiB(),
        asked.gpus(),
        minutes(task));
  }
}
