package io.twinflow.executors.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The container image a task runs in.
 *
 * @param image how the image is had
 * @param imageId the name it has, or gets, in the site's container engine
 */
public record ContainerSpec(Image image, String imageId) {

  /** How an image is had if the engine does not have it yet. */
  public sealed interface Image {
    /** From a registry. */
    record Pull(String reference) implements Image {}

    /** From an archive that {@code docker save} wrote. */
    record Load(URI archive) implements Image {}

    /** From a root file system's archive. */
    record Import(URI archive) implements Image {}

    /** Built from the text of a Dockerfile. */
    record Build(String dockerfile) implements Image {}

    /** It must be there already. */
    record Present() implements Image {}
  }

  public static ContainerSpec pull(String reference, @Nullable String imageId) {
    return new ContainerSpec(new Image.Pull(reference), imageId == null ? reference : imageId);
  }
}
