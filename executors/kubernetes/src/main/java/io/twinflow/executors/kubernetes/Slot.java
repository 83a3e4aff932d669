package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/**
 * Where the pod of an attempt is found.
 *
 * @param job the name of its Job
 * @param index of the pod in an indexed Job; {@link #ONLY} if it is the Job's only one
 */
record Slot(String job, int index) {

  static final int ONLY = -1;

  /** A label since Kubernetes 1.28, an annotation before. */
  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  static Slot only(String job) {
    return new Slot(job, ONLY);
  }

  static Slot of(ObjectMeta pod) {
    Map<String, String> labels = orEmpty(pod.getLabels());
    String index = labels.getOrDefault(INDEX, orEmpty(pod.getAnnotations()).get(INDEX));
    return new Slot(
        labels.getOrDefault(Labels.JOB, ""), index == null ? ONLY : Integer.parseInt(index));
  }

  private static Map<String, String> orEmpty(
      @org.jspecify.annotations.Nullable Map<String, String> all) {
    return all == null ? Map.of() : all;
  }

  boolean isIndexed() {
    return index != ONLY;
  }

  /** How the names of its pods begin. */
  String name() {
    return isIndexed() ? job + "-" + index : job;
  }
}
