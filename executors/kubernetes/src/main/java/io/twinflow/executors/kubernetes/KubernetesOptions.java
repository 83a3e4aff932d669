package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.place.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A site of Kubernetes.
 *
 * @param site its name in the configuration
 * @param namespace where the Jobs are
 * @param queueTimeout how long an attempt may wait for its tool to start
 */
public record KubernetesOptions(
    String site,
    Access access,
    String namespace,
    Files files,
    PodOptions pods,
    Duration queueTimeout) {

  private static final Duration DAY = Duration.ofDays(1);

  /** With what is usual for the rest. */
  public static KubernetesOptions at(Access access, String namespace, Files files) {
    return new KubernetesOptions("kubernetes", access, namespace, files, PodOptions.PLAIN, DAY);
  }

  public KubernetesOptions withPods(PodOptions made) {
    return new KubernetesOptions(site, access, namespace, files, made, queueTimeout);
  }

  public KubernetesOptions withQueueTimeout(Duration longest) {
    return new KubernetesOptions(site, access, namespace, files, pods, longest);
  }

  /** As an administrator of the cluster finds the pod of an attempt. */
  String siteId(Slot slot) {
    return namespace + "/" + slot.name();
  }

  /** How files get to pods and back. */
  public sealed interface Files {}

  /**
   * By URLs of a store.
   *
   * @param offload null for pods on nodes of the cluster itself
   */
  public record Staged(Exchange exchange, @Nullable Offload offload) implements Files {}

  /**
   * A virtual node of interLink, which makes Slurm's jobs of pods.
   *
   * @param node its name; null for any virtual node
   * @param flags more options of sbatch(1)
   * @param time what a job may take whose tool has no limit of its own; null for Slurm's own
   */
  public record Offload(@Nullable String node, @Nullable String flags, @Nullable Duration time) {}

  /**
   * A folder that this machine and all pods see under the same name.
   *
   * @param root below which everything is
   * @param mount what of it pods mount: the root or a folder above it
   * @param volume where pods have it from
   */
  public record SharedFolder(Path root, Path mount, Volume volume) implements Files {

    public SharedFolder {
      if (!root.startsWith(mount)) {
        throw new IllegalArgumentException(
            "the folder %s is not below %s, which pods mount".formatted(root, mount));
      }
    }
  }

  /** Where a shared folder comes from. */
  public sealed interface Volume {
    /** A persistent volume claim of the namespace. */
    record Claim(String name) implements Volume {}

    /** The nodes have it mounted under the same name. */
    record HostPath() implements Volume {}
  }
}
