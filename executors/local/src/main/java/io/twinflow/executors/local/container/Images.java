package io.twinflow.executors.local.container;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sees that an image is there; looks, and fetches, once for each. */
public final class Images {

  private static final Duration FETCH = Duration.ofHours(2);

  private final ContainerEngine engine;
  private final Object fetching = new Object();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final Map<String, Optional<String>> looks = new ConcurrentHashMap<>();

  public Images(ContainerEngine engine) {
    this.engine = engine;
  }

  /** The digest of an image that is there; waits for no fetching. */
  public Optional<String> known(ContainerSpec container) {
    String image = container.imageId();
    String digest = digests.get(image);
    return digest == null ? looks.computeIfAbsent(image, this::look) : Optional.of(digest);
  }

  private Optional<String> look(String image) {
    try {
      return digest(image);
    } catch (IOException e) {
      System.getLogger(Images.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot look at image {0}: {1}", image, e.getMessage());
      return Optional.empty();
    }
  }

  /** The image's digest, or its id if it came from no registry. */
  public String ensure(ContainerSpec container) throws IOException, AttemptFailure {
    // One at a time: ten shards of a step must not fetch the same image ten times.
    synchronized (fetching) {
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
      case Image.Pull pull -> pull(ImageNames.toPull(engine, pull.reference()), id);
      case Image.Load load -> Archives.use(load.archive(), file -> load(file, id));
      case Image.Import from ->
          Archives.use(from.archive(), file -> must("import", List.of("import", file, id), ""));
      case Image.Build build -> build(build.dockerfile(), id);
      case Image.Present present ->
          throw new AttemptFailure(
              FailureKind.USER,
              "%s has no image '%s', and dockerImageId alone does not say where to get it: add dockerPull, dockerLoad, dockerImport or dockerFile"
                  .formatted(engine.name(), id));
    }
  }

  private void pull(String reference, String id) throws IOException, AttemptFailure {
    must("pull", List.of("pull", "--quiet", reference), afterPull(reference));
    if (!reference.equals(id)) {
      must("name", List.of("tag", reference, id), "");
    }
  }

  private String afterPull(String reference) {
    return ". Check the name and the network (a private registry needs '%1$s login'), or bring the image yourself with '%1$s load' and '%1$s tag IMAGE %2$s'; a tool whose container is only a hint runs without it under --container none"
        .formatted(engine.name(), reference);
  }

  /** The one image of an archive gets the name that was asked for, whatever its name was. */
  private void load(String file, String id) throws IOException, AttemptFailure {
    Answer answer = must("load", List.of("load", "--input", file), "");
    List<String> loaded = ImageNames.loaded(answer.text());
    if (digest(id).isPresent()) {
      return;
    }
    if (loaded.size() != 1) {
      throw new AttemptFailure(
          FailureKind.USER,
          "the image archive %s holds %s; give the one that is meant as dockerImageId, found '%s'"
              .formatted(file, loaded, id));
    }
    must("name", List.of("tag", loaded.getFirst(), id), "");
  }

  private void build(String text, String id) throws IOException, AttemptFailure {
    // A folder of its own is an empty context: nothing else of this machine goes into the image.
    Path context = Files.createTempDirectory("twinflow-build-");
    Path dockerfile = context.resolve("Dockerfile");
    try {
      Files.writeString(dockerfile, text);
      must("build", List.of("build", "--tag", id, context.toString()), "");
    } finally {
      Files.deleteIfExists(dockerfile);
      Files.delete(context);
    }
  }

  private Answer must(String what, List<String> arguments, String advice)
      throws IOException, AttemptFailure {
    Answer answer = engine.call(FETCH, arguments);
    if (answer.ok()) {
      return answer;
    }
    boolean usersText =
        what.equals("build")
            || what.equals("load")
            || answer.says(
                "not found",
                "does not exist",
                "manifest unknown",
                "invalid reference",
                "no such file",
                "access denied",
                "unauthorized",
                "no basic auth");
    throw new AttemptFailure(
        usersText ? FailureKind.USER : FailureKind.INFRASTRUCTURE,
        "%1$s could not %2$s the image (%1$s %3$s): %4$s%5$s"
            .formatted(
                engine.name(),
                what,
                String.join(" ", arguments),
                answer.text().lines().reduce((a, b) -> b).orElse("it gave no reason"),
                advice));
  }
}
