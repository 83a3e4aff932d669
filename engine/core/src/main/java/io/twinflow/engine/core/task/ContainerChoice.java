package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task runs in a container, and in which. A requirement must be met; a hint is followed
 * where the site can.
 */
record ContainerChoice(
    @Nullable ContainerSpec container, @Nullable String outdir, List<String> notices) {

  private static final ContainerChoice NO_CONTAINER = new ContainerChoice(null, null, List.of());

  static ContainerChoice of(
      Requirements requirements, Capabilities site, RunOptions.ContainerUse use)
      throws FailureException {
    Requirement.Docker docker = requirements.find(Requirement.Docker.class).orElse(null);
    if (docker == null) {
      return NO_CONTAINER;
    }
    boolean required = requirements.requires(Requirement.Docker.class);
    boolean allowed = use == RunOptions.ContainerUse.AUTO;
    if (allowed && site.containerEngine().isPresent()) {
      return new ContainerChoice(spec(docker), outdir(docker), List.of());
    }
    if (required) {
      throw Faults.user(
          "requirement.container",
          "%s: the tool requires a container (%s), and %s"
              .formatted(
                  docker.position(),
                  image(docker),
                  allowed
                      ? "this site has no container engine. " + site.containerAdvice()
                      : "containers are switched off for this run; run it with --container auto"));
    }
    return allowed
        ? new ContainerChoice(
            null,
            null,
            List.of(
                "%s runs without its container %s, which is only a hint: there is no container engine. %s"
                    .formatted(docker.position(), image(docker), site.containerAdvice())))
        : NO_CONTAINER;
  }

  private static @Nullable String outdir(Requirement.Docker docker) throws FailureException {
    String outdir = docker.outputDirectory();
    if (outdir == null) {
      return null;
    }
    if (!outdir.startsWith("/") || List.of(outdir.split("/", -1)).contains("..")) {
      throw Faults.user(
          "requirement.container",
          "%s: dockerOutputDirectory must be an absolute path inside the container, found '%s'"
              .formatted(docker.position(), outdir));
    }
    return outdir.length() > 1 && outdir.endsWith("/")
        ? outdir.substring(0, outdir.length() - 1)
        : outdir;
  }

  private static ContainerSpec spec(Requirement.Docker docker) throws FailureException {
    String id = docker.imageId();
    if (docker.pull() != null) {
      return ContainerSpec.pull(docker.pull(), id);
    }
    if (docker.load() != null) {
      return new ContainerSpec(
          new ContainerSpec.Image.Load(Locations.uri(docker.load())), named(docker, docker.load()));
    }
    if (docker.importFrom() != null) {
      return new ContainerSpec(
          new ContainerSpec.Image.Import(Locations.uri(docker.importFrom())),
          named(docker, docker.importFrom()));
    }
    if (docker.file() != null) {
      return new ContainerSpec(
          new ContainerSpec.Image.Build(docker.file()), named(docker, docker.file()));
    }
    if (id != null) {
      return new ContainerSpec(new ContainerSpec.Image.Present(), id);
    }
    throw Faults.user(
        "requirement.container",
        "%s: DockerRequirement names no image; give one of dockerPull, dockerLoad, dockerImport, dockerFile or dockerImageId"
            .formatted(docker.position()));
  }

  private static String named(Requirement.Docker docker, String content) {
    return docker.imageId() != null
        ? docker.imageId()
        : "twinflow/" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String image(Requirement.Docker docker) {
    if (docker.pull() != null) {
      return docker.pull();
    }
    return docker.imageId() != null ? docker.imageId() : "an image of its own";
  }
}
