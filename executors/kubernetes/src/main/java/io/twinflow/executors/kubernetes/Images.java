package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import org.jspecify.annotations.Nullable;

/** The name under which a node gets an image. */
final class Images {

  private Images() {}

  static String of(@Nullable ContainerSpec container, KubernetesOptions options)
      throws AttemptFailure {
    if (container == null) {
      String usual = options.pods().image();
      if (usual == null) {
        throw new AttemptFailure(
            FailureKind.USER,
            "the tool names no container image, and site %s has none for such tools: add DockerRequirement to the tool, or image: to the site"
                .formatted(options.site()));
      }
      return usual;
    }
    return switch (container.image()) {
      case Image.Pull(String reference) -> reference;
      case Image.Present() -> container.imageId();
      case Image.Load _, Image.Import _, Image.Build _ ->
          throw new AttemptFailure(
              FailureKind.USER,
              "image %s would have to be loaded or built on a node of site %s, which Kubernetes does not offer: push it to a registry that the nodes reach, and name it with dockerPull"
                  .formatted(container.imageId(), options.site()));
    };
  }
}
