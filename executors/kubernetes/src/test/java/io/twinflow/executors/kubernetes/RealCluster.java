package io.twinflow.executors.kubernetes;

import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import io.twinflow.executors.kubernetes.PodOptions.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The cluster that {@code peers/kubernetes} starts: its node has no network but the host's. */
final class RealCluster {

  private RealCluster() {}

  static String image() {
    return System.getenv("TWINFLOW_KUBERNETES_IMAGE");
  }

  static PodOptions pods() {
    return new PodOptions(
        image(),
        "nvidia.com/gpu",
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        null,
        null,
        true,
        Duration.ofSeconds(1),
        new Security(false, null, false));
  }

  /** Pods see the folder above it too, where the tests keep inputs. */
  static KubernetesOptions options(Path folder) {
    try {
      Path above = folder.getParent().toRealPath();
      return KubernetesOptions.at(
              new Access.KubeConfig(Path.of(System.getenv("TWINFLOW_KUBECONFIG")), null),
              "twinflow",
              new SharedFolder(
                  above.resolve(folder.getFileName()), above, new Volume.HostPath()))
          .withPods(pods());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
