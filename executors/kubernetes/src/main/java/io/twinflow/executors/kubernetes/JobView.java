package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Job.
 *
 * @param suspended whether a queue has not admitted it yet
 * @param finished whether none of its pods will run any more
 * @param over the indexes of which that is true
 */
record JobView(String name, boolean suspended, boolean finished, BitSet over) {

  private static final Set<String> FINISHED = Set.of("Complete", "Failed");

  static JobView of(Job job) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    BitSet over = new BitSet();
    add(over, status.getCompletedIndexes());
    add(over, status.getFailedIndexes());
    return new JobView(
        job.getMetadata().getName(),
        job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend()),
        status.getConditions() != null
            && status.getConditions().stream()
                .anyMatch(c -> FINISHED.contains(c.getType()) && "True".equals(c.getStatus())),
        over);
  }

  /** As in {@code 1,3-5,7} (Kubernetes API, batch/v1 JobStatus). */
  private static void add(BitSet all, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return;
    }
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      all.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
  }
}
