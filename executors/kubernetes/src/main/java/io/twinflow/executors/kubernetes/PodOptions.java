package io.twinflow.executors.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pods of a site are made with.
 *
 * @param image for tools that name no container image; null refuses them
 * @param stagingImage for what fetches inputs and sends outputs where there is no shared folder;
 *     null for the tool's own
 * @param gpu the resource that stands for a GPU
 * @param annotations of each pod
 * @param pullSecrets names of secrets for image registries
 * @param priorityClass null for the cluster's own choice
 * @param queue of Kueue, where Jobs wait; null without
 * @param grace what a tool has to end in when it is asked to
 */
public record PodOptions(
    @Nullable String image,
    @Nullable String stagingImage,
    String gpu,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    Map<String, String> annotations,
    List<String> pullSecrets,
    @Nullable String priorityClass,
    @Nullable String queue,
    boolean hostNetwork,
    Duration grace,
    Security security) {

  /**
   * A taint that pods bear (as in Kubernetes' own API).
   *
   * @param key null for every taint
   * @param value null for every value
   * @param effect null for every effect
   */
  public record Toleration(@Nullable String key, @Nullable String value, @Nullable String effect) {}

  /**
   * What a tool may do.
   *
   * @param restricted as the restricted profile of Kubernetes' pod security standards asks: not
   *     root, no more rights than it begins with, no capabilities, the usual system calls
   * @param user whose id the tool has; null for the owner of the shared folder
   * @param readOnlyRoot whether the image's own folders cannot be written
   */
  public record Security(boolean restricted, @Nullable Long user, boolean readOnlyRoot) {}

  public static final PodOptions PLAIN =
      new PodOptions(
          null,
          null,
          "nvidia.com/gpu",
          Map.of(),
          List.of(),
          Map.of(),
          List.of(),
          null,
          null,
          false,
          Duration.ofSeconds(30),
          new Security(true, null, false));

  public PodOptions {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
    annotations = Map.copyOf(annotations);
    pullSecrets = List.copyOf(pullSecrets);
  }

  public PodOptions withQueue(String localQueue) {
    return new PodOptions(
        image,
        stagingImage,
        gpu,
        nodeSelector,
        tolerations,
        annotations,
        pullSecrets,
        priorityClass,
        localQueue,
        hostNetwork,
        grace,
        security);
  }

  public PodOptions withNodeSelector(Map<String, String> labels) {
    return new PodOptions(
        image,
        stagingImage,
        gpu,
        labels,
        tolerations,
        annotations,
        pullSecrets,
        priorityClass,
        queue,
        hostNetwork,
        grace,
        security);
  }
}
