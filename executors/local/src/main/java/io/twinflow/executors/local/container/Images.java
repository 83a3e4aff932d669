package io.twinflow.executors.local.container;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.local.AttemptFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees that an image is there; looks, and fetches, once for each. */
public final class Images {

  private static final Duration FETCH = Duration.ofHours(2);

  private final ContainerEngine engine;
  private final Map<String, String> digests = new HashMap<>();

  public Images(ContainerEngine engine) {
    this.engine = engine;
  }

  /** The image's digest, or its id if it came from no registry. */
  public String ensure(ContainerSpec container) throws IOException, AttemptFailure {
    // One at a time: ten shards of a step must not fetch the same image ten times.
    synchronized (digests) {
      String known = digests.get(container.imageId());
      if (known != null) {
        return known;
      }
      Optional<String> there = digest(container.imageId());
      if (there.isEmpty()) {
        fetch(container);
        there = digest(container.imageId());
      }
      String digest =
          there.orElseThrow(() ->
              new AttemptFailure(
                  FailureKind.USER,
                  "%s holds no image named '%s'; dockerImageId must be the name that is in it"
                      .formatted(container.image(), container.imageId())));
      digests.put(container.imageId(), digest);
      return digest;
    }
  }

  private Optional<String> digest(String image) throws IOException {
    Answer answer =
        engine.call(
            "image",
            "inspect",
            "--format",
            "{{if .RepoDigests}}{{index .RepoDigests 0}}{{else}}{{.Id}}{{end}}",
            image);
    return answer.ok() ? Optional.of(answer.text()) : Optional.empty();
  }

  private void fetch(ContainerSpec container) throws IOException, AttemptFailure {
    String id = container.imageId();
    switch (container.image()) {
      case Image.Pull pull -> {
        must("pull", null, List.of("pull", "--quiet", pull.reference()));
        if (!pull.reference().equals(id)) {
          must("name", null, List.of("tag", pull.reference(), id));
        }
      }
      case Image.Load load -> must("load", null, List.of("load", "--input", path(load.archive())));
      case Image.Import from -> must("import", null, List.of("import", path(from.archive()), id));
      case Image.Build build -> {
        Path dockerfile = Files.createTempFile("twinflow-", ".Dockerfile");
        try {
          Files.writeString(dockerfile, build.dockerfile());
          must("build", dockerfile, List.of("build", "--tag", id, "-"));
        } finally {
          Files.delete(dockerfile);
        }
      }
      case Image.Present present ->
          throw new AttemptFailure(
              FailureKind.USER,
              "%s has no image '%s', and dockerImageId alone does not say where to get it: add dockerPull, dockerLoad, dockerImport or dockerFile"
                  .formatted(engine.name(), id));
    }
  }

  private void must(String what, @Nullable Path stdin, List<String> arguments)
      throws IOException, AttemptFailure {
    Answer answer = engine.call(FETCH, stdin, arguments);
    if (!answer.ok()) {
      boolean noSuchThing =
          answer.says(
              "not found",
              "does not exist",
              "manifest unknown",
              "invalid reference",
              "no such file",
              "access denied");
      boolean usersText = noSuchThing || what.equals("build") || what.equals("load");
      throw new AttemptFailure(
          usersText ? FailureKind.USER : FailureKind.INFRASTRUCTURE,
          "%s could not %s the image (%s): %s"
              .formatted(
                  engine.name(),
                  what,
                  String.join(" ", arguments),
                  answer.text().lines().reduce((a, b) -> b).orElse("it gave no reason")));
    }
  }

  private static String path(URI archive) throws AttemptFailure {
    if (!"file".equals(archive.getScheme())) {
      throw new AttemptFailure(
          FailureKind.USER, "image archive %s is not a local file (file:)".formatted(archive));
    }
    return Path.of(archive).toString();
  }
}
