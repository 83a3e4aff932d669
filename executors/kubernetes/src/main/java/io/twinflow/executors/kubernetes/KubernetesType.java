package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.InvalidSiteException;
import io.twinflow.executors.api.site.SiteSettings;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code type: kubernetes} in the configuration. */
public final class KubernetesType implements ExecutorType {

  /** Whoever configured no time that a task may wait has configured to wait for long. */
  private static final Duration QUEUE_TIMEOUT = Duration.ofDays(30);

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public Executor open(SiteSettings settings, Surroundings surroundings)
      throws InvalidSiteException {
    KubernetesOptions options =
        new KubernetesOptions(
            settings.site(),
            access(settings),
            settings.required("namespace", "the namespace where the Jobs are"),
            folder(settings),
            PodSettings.read(settings),
            QUEUE_TIMEOUT);
    try {
      return new KubernetesExecutor(options);
    } catch (UncheckedIOException e) {
      throw settings.wrong(
          "folder", "a folder that can be written here (%s)".formatted(e.getMessage()));
    }
  }

  private static Access access(SiteSettings settings) throws InvalidSiteException {
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
    return file.<Access>map(path -> new Access.KubeConfig(path, context.orElse(null)))
        .orElseGet(Access.InCluster::new);
  }

  private static SharedFolder folder(SiteSettings settings) throws InvalidSiteException {
    Path root =
        settings
            .folder("folder")
            .orElseThrow(() ->
                settings.wrong(
                    "folder",
                    "a folder that this machine and all pods see under the same name, as an absolute path"));
    Path mount = settings.folder("mount").orElse(root);
    if (!root.startsWith(mount)) {
      throw settings.wrong("mount", "the folder %s or one above it".formatted(root));
    }
    Optional<String> claim =
        settings.text("claim", "the name of the persistent volume claim that holds the folder");
    return new SharedFolder(
        root, mount, claim.<Volume>map(Volume.Claim::new).orElseGet(Volume.HostPath::new));
  }
}
