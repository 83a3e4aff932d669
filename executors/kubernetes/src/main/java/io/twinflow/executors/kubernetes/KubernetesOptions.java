package io.twinflow.executors.kubernetes;

import java.nio.file.Path;
import java.time.Duration;

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
    SharedFolder folder,
    PodOptions pods,
    Duration queueTimeout) {

  private static final Duration DAY = Duration.ofDays(1);

  /** With what is usual for the rest. */
  public static KubernetesOptions at(Access access, String namespace, SharedFolder folder) {
    return new KubernetesOptions("kubernetes", access, namespace, folder, PodOptions.PLAIN, DAY);
  }

  public KubernetesOptions withPods(PodOptions made) {
    return new KubernetesOptions(site, access, namespace, folder, made, queueTimeout);
  }

  public KubernetesOptions withQueueTimeout(Duration longest) {
    return new KubernetesOptions(site, access, namespace, folder, pods, longest);
  }

  /**
   * A folder that this machine and all pods see under the same name.
   *
   * @param root below which everything is
   * @param mount what of it pods mount: the root or a folder above it
   * @param volume where pods have it from
   */
  public record SharedFolder(Path root, Path mount, Volume volume) {

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
