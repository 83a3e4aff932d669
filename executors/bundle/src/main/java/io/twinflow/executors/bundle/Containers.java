package io.twinflow.executors.bundle;

import io.twinflow.executors.api.Layout;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import org.jspecify.annotations.Nullable;

/** Who sees to it that tools run in the images that they name. */
public sealed interface Containers {

  /**
   * Whether the tool sees its folders under other names than the script.
   *
   * @param hasImage whether the tool names one
   */
  default boolean rename(boolean hasImage) {
    return hasImage && this instanceof OfScript;
  }

  /** What the tool is told of its folders. */
  default Layout layout(BundleFolder folder, boolean hasImage) {
    return rename(hasImage) ? BundleFolder.layoutInContainer() : folder.layout();
  }

  /** The site starts the script in the tool's image already. */
  record OfSite() implements Containers {}

  /**
   * The script starts the container, where it runs.
   *
   * @param engine what the site's computers have; null if they have none
   */
  record OfScript(@Nullable ContainerTemplate engine) implements Containers {}
}
