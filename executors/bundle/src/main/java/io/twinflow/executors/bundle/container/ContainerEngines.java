package io.twinflow.executors.bundle.container;

import io.twinflow.executors.bundle.container.ContainerTemplate.Images;
import io.twinflow.executors.bundle.container.ContainerTemplate.Refusal;
import io.twinflow.executors.bundle.container.ContainerTemplate.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engines that sites have. Podman is proven on the real one, the others by their words only.
 */
public final class ContainerEngines {

  /** What a site may name. */
  public static final List<String> NAMES = List.of("apptainer", "enroot", "podman", "singularity");

  /** Sees that an image is there, and says its digest: the words of podman-pull(1) and others. */
  private static final String PODMAN_IMAGE =
      """
      if ! podman image exists "$3"; then
        case $1 in
          pull) podman pull --quiet "$2" && { [ "$2" = "$3" ] || podman tag "$2" "$3"; } ;;
          load) podman load --quiet --input "$2" ;;
          import) podman import --quiet "$2" "$3" ;;
          *) echo "podman has no image $3, and dockerImageId alone does not say where to get it" >&2; false ;;
        esac || exit 1
      fi
      podman image inspect --format '{{if .RepoDigests}}{{index .RepoDigests 0}}{{else}}{{.Id}}{{end}}' "$3\"\
      """;

  /** A registry stands before a hash there: enroot's doc/cmd/import.md. */
  private static final String ENROOT_IMAGE =
      """
      case ${1%%/*} in
        "$1") image=$1 ;;
        *.* | *:* | localhost) image=${1%%/*}#${1#*/} ;;
        *) image=$1 ;;
      esac
      enroot import --output "$2" "docker://$image" >&2\
      """;

  private ContainerEngines() {}

  /** Empty if none of {@link #NAMES}. */
  public static Optional<ContainerTemplate> named(String name) {
    return switch (name) {
      case "podman" -> Optional.of(podman());
      case "apptainer" -> Optional.of(apptainer());
      case "singularity" -> Optional.of(singularity());
      case "enroot" -> Optional.of(enroot());
      default -> Optional.empty();
    };
  }

  public static ContainerTemplate podman() {
    return new ContainerTemplate(
        "podman",
        List.of("sh", "-c", PODMAN_IMAGE, "podman", "{how}", "{source}", "{image}"),
        words(
            "podman run --rm --name {key} --pidfile {folder}/container --pull never --log-driver none"
                + " {stdin} --user {user} {identity} --workdir {workdir} {network} {gpus} {mounts}"
                + " {env} {image} {command}"),
        words("podman rm --force --ignore --time 1 {key}"),
        List.of("--mount", "type=bind,source={source},target={target},{mode}"),
        List.of("--network", "none"),
        // Podman knows GPUs by the names of the Container Device Interface, and not by number.
        List.of("--device", "nvidia.com/gpu=all"),
        new Variables.File(List.of("--env-file", "{file}"), List.of("--env", "{name}")),
        Images.NAME,
        new Refusal.NotStarted(),
        Map.of());
  }

  public static ContainerTemplate apptainer() {
    return new ContainerTemplate(
        "apptainer",
        List.of(),
        words(
            "apptainer --quiet exec --cleanenv --contain --pid --ipc --pwd {workdir} {network}"
                + " {gpus} {mounts} {env} {image} {command}"),
        List.of(),
        List.of("--mount", "type=bind,source={source},destination={target},{ro}"),
        List.of("--net", "--network", "none"),
        List.of("--nv"),
        new Variables.Prefix("APPTAINERENV_"),
        Images.ADDRESS,
        new Refusal.Says("FATAL:"),
        Map.of());
  }

  /** Before it was called apptainer. */
  public static ContainerTemplate singularity() {
    return new ContainerTemplate(
        "singularity",
        List.of(),
        words(
            "singularity --quiet exec --cleanenv --contain --pid --ipc --pwd {workdir} {network}"
                + " {gpus} {mounts} {env} {image} {command}"),
        List.of(),
        List.of("--bind", "{source}:{target}:{mode}"),
        List.of("--net", "--network", "none"),
        List.of("--nv"),
        new Variables.Prefix("SINGULARITYENV_"),
        Images.ADDRESS,
        new Refusal.Says("FATAL:"),
        Map.of());
  }

  /** It has no network of its own: a tool that may have none has the node's. */
  public static ContainerTemplate enroot() {
    return new ContainerTemplate(
        "enroot",
        List.of("sh", "-c", ENROOT_IMAGE, "enroot", "{source}", "{image}"),
        List.of(
            "enroot",
            "start",
            "--rw",
            "{mounts}",
            "{env}",
            "{image}",
            "sh",
            "-c",
            "cd \"$0\" && exec \"$@\"",
            "{workdir}",
            "{command}"),
        List.of(),
        List.of("--mount", "{source}:{target}:none:x-create=auto,bind,{mode}"),
        List.of(),
        List.of(),
        new Variables.Names(List.of("--env", "{name}")),
        Images.FILE,
        new Refusal.Silent(),
        Map.of());
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}
