package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a task asks for, as options of sbatch(1). */
record SlurmFlags(Offload to) {

  /** For what is fetched before the tool runs and sent after it. */
  private static final Duration STAGING = Duration.ofMinutes(30);

  String of(TaskSpec task) {
    ResourceRequest asked = task.resources();
    List<String> flags = new ArrayList<>();
    flags.add("--cpus-per-task=" + Math.max(1, (long) Math.ceil(asked.cores())));
    flags.add("--mem=" + asked.memoryMiB() + "M");
    if (asked.gpus() > 0) {
      flags.add("--gres=gpu:" + asked.gpus());
    }
    Duration limit = task.timeLimit() == null ? to.time() : task.timeLimit().plus(STAGING);
    if (limit != null) {
      // In minutes, and a begun one is a whole one.
      flags.add("--time=" + limit.plusSeconds(59).toMinutes());
    }
    if (to.flags() != null) {
      flags.add(to.flags());
    }
    return String.join(" ", flags);
  }
}
