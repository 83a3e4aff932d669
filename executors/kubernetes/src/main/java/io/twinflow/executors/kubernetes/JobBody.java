package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The Job of an attempt: one pod, started once, named by the attempt, so that a second request for
 * it is refused by the API server.
 *
 * @param user whose id the tool has
 */
record JobBody(KubernetesOptions options, Labels labels, PodFiles files, long user) {

  /** What a pod may take beside the tool, before it is ended from outside. */
  private static final Duration BESIDE_TOOL = Duration.ofMinutes(30);

  /** What an engine that never comes back leaves goes away by itself. */
  private static final int KEPT_SECONDS = (int) Duration.ofDays(7).toSeconds();

  Job of(BatchKey batch, TaskSpec task) throws AttemptFailure {
    Map<String, String> all = new HashMap<>(labels.of(batch, task));
    Map<String, String> ofJob = new HashMap<>(all);
    if (options.pods().queue() != null) {
      ofJob.put(Labels.QUEUE, options.pods().queue());
    }
    Map<String, String> annotations = new HashMap<>(files.annotations(task));
    annotations.putAll(options.pods().annotations());
    annotations.put("twinflow.io/name", task.name());
    // An autoscaler that wants the node waits until the tool has ended.
    annotations.putIfAbsent("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    return new JobBuilder()
        .withNewMetadata()
        .withName(task.attempt().value())
        .withNamespace(options.namespace())
        .withLabels(ofJob)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withParallelism(1)
        .withCompletions(1)
        .withTtlSecondsAfterFinished(KEPT_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(all)
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(pod(batch, task))
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod(BatchKey batch, TaskSpec task) throws AttemptFailure {
    PodOptions pods = options.pods();
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(pods.grace().toSeconds())
            .withNodeSelector(pods.nodeSelector().isEmpty() ? null : pods.nodeSelector())
            .withPriorityClassName(pods.priorityClass())
            .withImagePullSecrets(
                pods.pullSecrets().stream().map(LocalObjectReference::new).toList())
            .withTolerations(
                pods.tolerations().stream()
                    .map(t ->
                        new TolerationBuilder()
                            .withKey(t.key())
                            .withOperator(t.value() == null ? "Exists" : "Equal")
                            .withValue(t.value())
                            .withEffect(t.effect())
                            .build())
                    .toList())
            .withSecurityContext(SecurityWords.ofPod(pods.security(), user));
    files.into(spec, batch, task);
    if (pods.hostNetwork()) {
      spec.withHostNetwork(true);
    }
    if (task.timeLimit() != null) {
      spec.withActiveDeadlineSeconds(task.timeLimit().plus(BESIDE_TOOL).toSeconds());
    }
    return spec.build();
  }
}
