package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.kubernetes.KubernetesOptions.Files;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code type: kubernetes} in the configuration. */
public final class KubernetesType implements ExecutorType {

  /** Whoever configured no time that a task may wait has configured to wait for long. */
  private static final Duration QUEUE_TIMEOUT = Duration.ofDays(30);

  private static final String NEITHER =
      "a folder that this machine and all pods see under the same name, as an absolute path; or none, where the configuration says under exchange: by which store files go";

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public Executor open(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    PodOptions pods = PodSettings.read(settings);
    KubernetesOptions options =
        new KubernetesOptions(
            settings.name(),
            access(settings),
            settings.required("namespace", "the namespace where the Jobs are"),
            files(settings, surroundings, pods),
            pods,
            QUEUE_TIMEOUT);
    try {
      return new KubernetesExecutor(options);
    } catch (UncheckedIOException e) {
      throw settings.wrong(
          "folder", "a folder that can be written here (%s)".formatted(e.getMessage()));
    }
  }

  private static Access access(Settings settings) throws InvalidSettingException {
    Optional<Path> file = settings.folder("kubeconfig");
    Optional<String> context = settings.text("context", "the name of a context of the kubeconfig");
    Optional<URI> server = settings.address("server");
    Optional<Path> authority = settings.folder("authority");
    Optional<Tokens> token = TokenSettings.read(settings, "token");
    if (file.isPresent() && server.isPresent()) {
      throw settings.wrong("server", "nothing beside kubeconfig:, which names the server");
    }
    if (server.isPresent()) {
      return new Access.Token(
          server.get(),
          authority.orElse(null),
          token.orElseThrow(() -> settings.wrong("token", TokenSettings.EXPECTED)));
    }
    if (file.isPresent()) {
      new KubeConfigFile(settings, file.get()).check(context.orElse(null));
      return new Access.KubeConfig(file.get(), context.orElse(null));
    }
    return new Access.InCluster();
  }

  private static Files files(Settings settings, Surroundings surroundings, PodOptions pods)
      throws InvalidSettingException {
    Optional<Path> root = settings.folder("folder");
    Optional<Path> above = settings.folder("mount");
    Optional<String> claim =
        settings.text("claim", "the name of the persistent volume claim that holds the folder");
    Optional<Offload> offload = Offloads.read(settings);
    if (offload.isPresent() && pods.stagingImage() != null) {
      throw settings.wrong(
          "interlink",
          "no stagingImage: in pods: beside it, as one container there fetches, runs and sends");
    }
    if (root.isEmpty()) {
      for (String field : List.of("mount", "claim")) {
        if (settings.has(field)) {
          throw settings.wrong(field, "a folder: beside it, which is what pods mount it for");
        }
      }
      return new Staged(
          surroundings.exchange().orElseThrow(() -> settings.wrong("folder", NEITHER)),
          offload.orElse(null));
    }
    if (offload.isPresent()) {
      throw settings.wrong("folder", "no folder beside interlink:, whose nodes mount none");
    }
    Path mount = above.orElse(root.get());
    if (!root.get().startsWith(mount)) {
      throw settings.wrong("mount", "the folder %s or one above it".formatted(root.get()));
    }
    return new SharedFolder(
        root.get(), mount, claim.<Volume>map(Volume.Claim::new).orElseGet(Volume.HostPath::new));
  }
}
