package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a kubeconfig names a cluster: of one that does not, the client would make the
 * address that pods know, and nobody would answer there.
 */
record KubeConfigFile(Settings settings, Path file) {

  /**
   * @param context null for the file's current one
   */
  void check(@Nullable String context) throws InvalidSettingException {
    Config config = read();
    List<NamedContext> contexts = orNone(config.getContexts());
    String wanted = context == null ? config.getCurrentContext() : context;
    Optional<NamedContext> found =
        contexts.stream().filter(one -> one.getName().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      List<String> names = contexts.stream().map(NamedContext::getName).toList();
      throw settings.wrong(
          context == null ? "kubeconfig" : "context",
          names.isEmpty()
              ? "a kubeconfig that has a context (%s has none)".formatted(file)
              : context == null
                  ? "a kubeconfig with a current-context, or context: beside it, one of %s"
                      .formatted(String.join(", ", names))
                  : "one of %s, which %s has".formatted(String.join(", ", names), file));
    }
    String cluster =
        found.get().getContext() == null ? null : found.get().getContext().getCluster();
    if (orNone(config.getClusters()).stream().noneMatch(one -> isAt(one, cluster))) {
      throw settings.wrong(
          "kubeconfig",
          "a kubeconfig with a server for cluster %s of context %s".formatted(cluster, wanted));
    }
  }

  private static boolean isAt(NamedCluster one, @Nullable String name) {
    return one.getName().equals(name)
        && one.getCluster() != null
        && one.getCluster().getServer() != null;
  }

  private static <T> List<T> orNone(@Nullable List<T> some) {
    return some == null ? List.of() : some;
  }

  private Config read() throws InvalidSettingException {
    try {
      Config config = Serialization.unmarshal(Files.readString(file), Config.class);
      if (config != null) {
        return config;
      }
    } catch (NoSuchFileException e) {
      throw settings.wrong("kubeconfig", "a file that is there");
    } catch (IOException e) {
      throw settings.wrong("kubeconfig", "a file that can be read (%s)".formatted(e.getMessage()));
    } catch (RuntimeException e) {
      throw settings.wrong(
          "kubeconfig",
          "a kubeconfig, as kubectl writes it (%s)"
              .formatted(firstLine(String.valueOf(e.getMessage()))));
    }
    throw settings.wrong("kubeconfig", "a kubeconfig, as kubectl writes it (it is empty)");
  }

  private static String firstLine(String words) {
    return Stream.of(words.split("\n", -1)).filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
