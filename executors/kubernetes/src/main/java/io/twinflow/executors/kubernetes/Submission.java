package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.twinflow.executors.api.AttemptKey;
import java.util.List;

/**
 * A Job and whose pods it makes.
 *
 * @param attempts one, or those of an indexed Job by index
 */
record Submission(Job job, List<AttemptKey> attempts) {

  private static final String INDEXED = "Indexed";

  Submission {
    attempts = List.copyOf(attempts);
  }

  static boolean isIndexed(Job job) {
    return INDEXED.equals(job.getSpec().getCompletionMode());
  }

  boolean isIndexed() {
    return isIndexed(job);
  }

  String name() {
    return job.getMetadata().getName();
  }

  Slot slot(int position) {
    return isIndexed() ? new Slot(name(), position) : Slot.only(name());
  }
}
