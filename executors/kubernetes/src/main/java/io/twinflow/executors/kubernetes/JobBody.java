package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
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
 * The Job of an attempt, named by it, or of many, by their batch: each has one pod, started once,
 * and a second request for it is refused by the API server.
 *
 * @param user whose id the tool has
 */
record JobBody(KubernetesOptions options, Labels labels, PodFiles files, long user) {

  private static final String NAME = "twinflow.io/name";

  /** What a pod may take beside the tool, before it is ended from outside. */
  private static final Duration BESIDE_TOOL = Duration.ofMinutes(30);

  /** What an engine that never comes back leaves goes away by itself. */
  private static final int KEPT_SECONDS = (int) Duration.ofDays(7).toSeconds();

  Job of(BatchKey batch, TaskSpec task) throws AttemptFailure {
    Map<String, String> all = labels.of(batch, task);
    PodTemplateSpec template =
        new PodTemplateSpecBuilder(template(batch, new Whose.One(task.attempt()), task))
            .editMetadata()
            .withLabels(all)
            .addToAnnotations(NAME, task.name())
            .endMetadata()
            .build();
    return job(task.attempt().value(), all, template)
        .editSpec()
        .withBackoffLimit(0)
        .endSpec()
        .build();
  }

  /**
   * A pod that fails is the end of its index, and of no other: none is started again.
   *
   * @param template that all have
   * @param name of the tasks, for people
   */
  Job indexed(BatchKey batch, String job, PodTemplateSpec template, int attempts, String name) {
    return job(job, labels.ofRun(batch), template)
        .editMetadata()
        .addToAnnotations(NAME, name)
        .endMetadata()
        .editSpec()
        .withCompletionMode("Indexed")
        .withParallelism(attempts)
        .withCompletions(attempts)
        .withBackoffLimitPerIndex(0)
        .endSpec()
        .build();
  }

  private JobBuilder job(String name, Map<String, String> labelled, PodTemplateSpec template) {
    Map<String, String> ofJob = new HashMap<>(labelled);
    String queue = options.pods().queue();
    if (queue != null) {
      ofJob.put(Labels.QUEUE, queue);
    }
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(options.namespace())
        .withLabels(ofJob)
        .endMetadata()
        .withNewSpec()
        // Who admits it is also who lets it go.
        .withSuspend(queue == null ? null : Boolean.TRUE)
        .withParallelism(1)
        .withCompletions(1)
        .withTtlSecondsAfterFinished(KEPT_SECONDS)
        .withTemplate(template)
        .endSpec();
  }

  /** What the pods of tasks that are alike have in common, apart from whose they are. */
  PodTemplateSpec template(BatchKey batch, Whose whose, TaskSpec task) throws AttemptFailure {
    Map<String, String> annotations = new HashMap<>(files.annotations(task));
    annotations.putAll(options.pods().annotations());
    // An autoscaler that wants the node waits until the tool has ended.
    annotations.putIfAbsent("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels.ofRun(batch))
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(pod(batch, whose, task))
        .build();
  }

  private PodSpec pod(BatchKey batch, Whose whose, TaskSpec task) throws AttemptFailure {
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
    files.into(spec, batch, whose, task);
    if (pods.hostNetwork()) {
      spec.withHostNetwork(true);
    }
    if (task.timeLimit() != null) {
      spec.withActiveDeadlineSeconds(task.timeLimit().plus(BESIDE_TOOL).toSeconds());
    }
    return spec.build();
  }
}
