package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Job of an attempt: one pod, started once, named by the attempt, so that a second request for
 * it is refused by the API server.
 *
 * @param user whose id the tool has
 * @param script the bundle's
 */
record JobBody(KubernetesOptions options, Labels labels, long user, Path script) {

  private static final String SHARED = "shared";

  /** What a pod may take beside the tool, before it is ended from outside. */
  private static final Duration BESIDE_TOOL = Duration.ofMinutes(30);

  /** What an engine that never comes back leaves goes away by itself. */
  private static final int KEPT_SECONDS = (int) Duration.ofDays(7).toSeconds();

  /** What Kubernetes sets in every container, and no image meant. */
  private static final String CLUSTERS_OWN =
      "KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT KUBERNETES_SERVICE_PORT_HTTPS KUBERNETES_PORT"
          + " KUBERNETES_PORT_443_TCP KUBERNETES_PORT_443_TCP_ADDR KUBERNETES_PORT_443_TCP_PORT"
          + " KUBERNETES_PORT_443_TCP_PROTO";

  Job of(BatchKey batch, TaskSpec task, BundleFolder folder) throws AttemptFailure {
    Map<String, String> all = new HashMap<>(labels.of(batch, task));
    Map<String, String> ofJob = new HashMap<>(all);
    if (options.pods().queue() != null) {
      ofJob.put(Labels.QUEUE, options.pods().queue());
    }
    Map<String, String> annotations = new HashMap<>(options.pods().annotations());
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
        .withSpec(pod(task, folder))
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod(TaskSpec task, BundleFolder folder) throws AttemptFailure {
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
            .withSecurityContext(SecurityWords.ofPod(pods.security(), user))
            .withContainers(container(task, folder))
            .withVolumes(volume().build());
    if (pods.hostNetwork()) {
      spec.withHostNetwork(true);
    }
    if (task.timeLimit() != null) {
      spec.withActiveDeadlineSeconds(task.timeLimit().plus(BESIDE_TOOL).toSeconds());
    }
    return spec.build();
  }

  private Container container(TaskSpec task, BundleFolder folder) throws AttemptFailure {
    return new ContainerBuilder()
        .withName("tool")
        .withImage(Images.of(task.container(), options))
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command(task, folder))
        .withResources(Asked.of(task.resources(), options.pods().gpu()))
        .withSecurityContext(SecurityWords.ofContainer(options.pods().security()))
        .addNewVolumeMount()
        .withName(SHARED)
        .withMountPath(options.folder().mount().toString())
        .endVolumeMount()
        // A kubelet asks the first process only, which is the bundle; the tool is asked by this.
        .withNewLifecycle()
        .withNewPreStop()
        .withNewExec()
        .withCommand("sh", "-c", "kill -TERM -1")
        .endExec()
        .endPreStop()
        .endLifecycle()
        .build();
  }

  /** A tool of an image has the image's environment; another has none but its own. */
  private List<String> command(TaskSpec task, BundleFolder folder) {
    String siteId = options.namespace() + "/" + task.attempt().value();
    return task.container() == null
        ? List.of("sh", script.toString(), folder.path().toString(), siteId)
        : List.of(
            "sh",
            "-c",
            "unset " + CLUSTERS_OWN + "; TWINFLOW_BUNDLE=1 exec sh \"$0\" \"$@\"",
            script.toString(),
            folder.path().toString(),
            siteId);
  }

  private VolumeBuilder volume() {
    SharedFolder shared = options.folder();
    VolumeBuilder volume = new VolumeBuilder().withName(SHARED);
    return switch (shared.volume()) {
      case Volume.Claim(String claim) ->
          volume.withNewPersistentVolumeClaim().withClaimName(claim).endPersistentVolumeClaim();
      case Volume.HostPath() ->
          volume
              .withNewHostPath()
              .withPath(shared.mount().toString())
              .withType("Directory")
              .endHostPath();
    };
  }
}
