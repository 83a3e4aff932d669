package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that a virtual node of interLink makes jobs of somewhere else: one container that fetches,
 * runs and sends by itself, whose image therefore has sh and curl or wget. What such a node knows
 * of a pod is its image, command, environment, annotations and secrets; not its claims, resources,
 * hooks or working folder. Its containers may write below /tmp only.
 */
record OffloadedPods(KubernetesOptions options, Offload to, Labels labels, RemoteTasks tasks)
    implements PodFiles {

  private static final String FLAGS = "slurm-job.vk.io/flags";
  private static final String TAINT = "virtual-node.interlink/no-schedule";

  /** Of the users of a cluster's nodes, others have folders there too. */
  static Path root(Labels labels) {
    return Path.of("/tmp/twinflow-" + labels.folder());
  }

  @Override
  public void into(PodSpecBuilder pod, BatchKey batch, Whose whose, TaskSpec task)
      throws AttemptFailure {
    String image = Images.of(task.container(), options);
    pod.addToNodeSelector(nodes())
        .addNewToleration()
        .withKey(TAINT)
        .withOperator("Exists")
        .withEffect("NoSchedule")
        .endToleration()
        .addToContainers(
            ToolContainer.of(options, task)
                .withImage(image.contains("://") ? image : "docker://" + image)
                .withSecurityContext(SecurityWords.ofContainer(options.pods().security()))
                .withCommand(PodSecret.command(whose, "all"))
                .withEnv(environment(task))
                .withVolumeMounts(PodSecret.mounts(whose))
                .build())
        .addToVolumes(PodSecret.volume(batch, whose));
  }

  /** Such a node mounts whole secrets, and may not know variables that stand for others. */
  @Override
  public boolean knowIndexes() {
    return false;
  }

  @Override
  public Map<String, String> nodes() {
    return to.node() == null
        ? Map.of("type", "virtual-kubelet")
        : Map.of("kubernetes.io/hostname", to.node());
  }

  @Override
  public Set<String> bears() {
    return Set.of(TAINT);
  }

  private List<EnvVar> environment(TaskSpec task) {
    Map<String, String> all = new LinkedHashMap<>(tasks.environment(task.attempt()));
    all.remove(PodSecret.TOKEN);
    all.put(PodSecret.SITE_ID, options.siteId(Slot.only(task.attempt().value())));
    if (task.container() != null) {
      all.put("TWINFLOW_BUNDLE", "1");
    }
    return all.entrySet().stream()
        .map(one -> new EnvVarBuilder().withName(one.getKey()).withValue(one.getValue()).build())
        .toList();
  }

  /** What a pod asks for is not what its job gets, which Slurm is told by this alone. */
  @Override
  public Map<String, String> annotations(TaskSpec task) {
    return Map.of(FLAGS, new SlurmFlags(to).of(task));
  }

  @Override
  public Optional<Secret> secret(BatchKey batch, Collection<Submission> jobs) {
    return Optional.of(PodSecret.of(options, labels, batch, jobs, tasks));
  }

  @Override
  public boolean hasSecrets() {
    return true;
  }

  @Override
  public List<Finding> check() {
    return List.of(
        Finding.note(
            "interLink",
            "pods go to nodes with %s, and tools' images fetch and send by themselves"
                .formatted(nodes()),
            "use images with curl or a wget; jobs there must reach the store"));
  }

  /** Jobs there have the user that the node's administrator gave them; this is for admission. */
  @Override
  public long user() {
    return StagedPods.USER;
  }
}
