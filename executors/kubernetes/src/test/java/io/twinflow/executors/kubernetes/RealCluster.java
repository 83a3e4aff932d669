package io.twinflow.executors.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import io.twinflow.executors.kubernetes.PodOptions.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cluster that {@code peers/kubernetes} starts: its node has no network but the host's. */
final class RealCluster {

  static final String NAMESPACE = "twinflow";

  private RealCluster() {}

  static String image() {
    return System.getenv("TWINFLOW_KUBERNETES_IMAGE");
  }

  static PodOptions pods() {
    return pods(image());
  }

  static PodOptions pods(String image) {
    return new PodOptions(
        image,
        null,
        "nvidia.com/gpu",
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        null,
        null,
        true,
        Duration.ofSeconds(10),
        new Security(false, null, false));
  }

  /** The same by an address and a token. */
  static Access.Token access(Tokens tokens) {
    Config known =
        new Access.KubeConfig(Path.of(System.getenv("TWINFLOW_KUBECONFIG")), null)
            .config(NAMESPACE);
    return new Access.Token(
        URI.create(known.getMasterUrl()), Path.of(known.getCaCertFile()), tokens);
  }

  static String token() {
    return new Access.KubeConfig(Path.of(System.getenv("TWINFLOW_KUBECONFIG")), null)
        .config(NAMESPACE)
        .getAutoOAuthToken();
  }

  /** Pods see the folder above it too, where the tests keep inputs. */
  static KubernetesOptions options(Path folder) {
    try {
      Path above = folder.getParent().toRealPath();
      return KubernetesOptions.at(
              new Access.KubeConfig(Path.of(System.getenv("TWINFLOW_KUBECONFIG")), null),
              NAMESPACE,
              new SharedFolder(above.resolve(folder.getFileName()), above, new Volume.HostPath()))
          .withPods(pods());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cluster's, who may do everything. */
  static KubernetesClient administrator() {
    return new KubernetesClientBuilder()
        .withConfig(
            new Access.KubeConfig(Path.of(System.getenv("TWINFLOW_KUBECONFIG_ADMIN")), null)
                .config(NAMESPACE))
        .build();
  }

  static Path root(Path folder) {
    return ((SharedFolder) options(folder).files()).root();
  }

  static void awaitNoPods() {
    try (KubernetesClient client = administrator()) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() ->
              client.pods().list().getItems().stream()
                  .noneMatch(
                      pod -> Set.of("Pending", "Running").contains(pod.getStatus().getPhase())));
    }
  }

  static void deleteJobs(Path root) {
    try (KubernetesClient client = administrator()) {
      client
          .batch()
          .v1()
          .jobs()
          .withLabel(Labels.FOLDER, Labels.of(root.toString()).folder())
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    }
  }
}
