package io.twinflow.executors.bundle.container;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import java.net.URI;
import java.nio.file.Path;

/**
 * An image as a site's engine is told of it.
 *
 * @param name what {@code {image}} stands for
 * @param how pull, load, import or present
 * @param source a reference, an archive on the shared folder, or the name
 */
record ContainerImage(String name, String how, String source) {

  static ContainerImage of(ContainerTemplate template, ContainerSpec asked, BundleFolder folder)
      throws AttemptFailure {
    String id = asked.imageId();
    return switch (asked.image()) {
      case Image.Pull pull ->
          new ContainerImage(
              switch (template.images()) {
                case NAME -> id;
                case ADDRESS -> "docker://" + pull.reference();
                case FILE -> folder.image().toString();
              },
              "pull",
              pull.reference());
      case Image.Present present -> new ContainerImage(id, "present", id);
      case Image.Load load ->
          switch (template.images()) {
            case NAME -> new ContainerImage(id, "load", file(load.archive()));
            case ADDRESS ->
                new ContainerImage(
                    "docker-archive:" + file(load.archive()), "load", file(load.archive()));
            case FILE -> throw refused(template, "load an archive (dockerLoad)");
          };
      case Image.Import from ->
          switch (template.images()) {
            case NAME -> new ContainerImage(id, "import", file(from.archive()));
            case ADDRESS, FILE ->
                throw refused(template, "import a root file system (dockerImport)");
          };
      case Image.Build build -> throw refused(template, "build an image (dockerFile)");
    };
  }

  private static AttemptFailure refused(ContainerTemplate template, String what) {
    return new AttemptFailure(
        FailureKind.USER,
        "%s does not %s on the nodes of this site; name an image that it can pull (dockerPull)"
            .formatted(template.name(), what));
  }

  private static String file(URI archive) throws AttemptFailure {
    if (!"file".equals(archive.getScheme())) {
      throw new AttemptFailure(
          FailureKind.USER,
          "cannot fetch the image archive %s: this site reads its shared folder only (file:)"
              .formatted(archive));
    }
    return Path.of(archive).toString();
  }
}
