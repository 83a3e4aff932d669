package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a pod gets an attempt's files, runs its tool, and gives back what that made. */
interface PodFiles {

  /**
   * Adds containers and volumes.
   *
   * @throws AttemptFailure if the task can never run like this
   */
  void into(PodSpecBuilder pod, BatchKey batch, Whose whose, TaskSpec task) throws AttemptFailure;

  /** Whether its pods can learn by their index whose they are. */
  default boolean knowIndexes() {
    return true;
  }

  /** What the pods of a site without rules of its own are annotated with for a task. */
  default Map<String, String> annotations(TaskSpec task) {
    return Map.of();
  }

  /** What the pods of a batch need beside their Jobs, to be there before these are. */
  default Optional<Secret> secret(BatchKey batch, Collection<Submission> jobs) {
    return Optional.empty();
  }

  /** Labels of the nodes that its pods need, beside those that the site names. */
  default Map<String, String> nodes() {
    return Map.of();
  }

  /** Keys of taints that its pods bear, beside those that the site names. */
  default Set<String> bears() {
    return Set.of();
  }

  default boolean hasSecrets() {
    return false;
  }

  /** Whose id a tool has if the site does not say it. */
  long user() throws IOException;

  /** What an administrator should know; asks nobody. */
  default List<Finding> check() {
    return List.of();
  }

  /** What a pod takes beside its tool. */
  default Beside beside() {
    return new Beside(0, 0);
  }

  /** What a task's pod needs on its node's disk, mebibytes; 0 if its files are elsewhere. */
  default long diskMiB(TaskSpec task) {
    return 0;
  }

  /** Reserved for containers beside the tool's. */
  record Beside(double cores, long memoryMiB) {}
}
