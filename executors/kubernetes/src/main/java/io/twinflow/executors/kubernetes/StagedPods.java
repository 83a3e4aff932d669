package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods whose files come and go by URLs, over a folder that is theirs alone. In this order: {@code
 * image} sees that the tool's image is there and has a shell; {@code fetch} claims the attempt and
 * gets its inputs; {@code tool} runs it, and knows no token; {@code send} sends logs meanwhile, and
 * then outputs and the record.
 */
record StagedPods(KubernetesOptions options, Labels labels, RemoteTasks tasks) implements PodFiles {

  static final Path ROOT = Path.of("/twinflow");

  static final String IMAGE = "image";
  static final String FETCH = "fetch";
  static final String SEND = "send";

  /** The last word of the tool's container, if all that it had to say is in the folder. */
  static final String ENDED = "ended";

  private static final String FOLDER = "attempt";

  /** Whoever is nobody else, as images without a user of their own are run by many a cluster. */
  static final long USER = 1000;

  private static final Beside BESIDE = new Beside(0.125, 128);

  private static final String RUN =
      "[ -e \"$0/over\" ] || [ -e \"$0/record\" ] || sh \"$0/bundle.sh\" \"$0\" \"$1\"; code=$?;"
          + " if [ -e \"$0/record\" ] || [ -e \"$0/over\" ]; then echo "
          + ENDED
          + " >/dev/termination-log; fi; exit $code";

  /** Where a pod that learns by its index whose it is tells it to its tool's container. */
  private static final String THIS = ROOT + "/this";

  private static final String SAY_THIS =
      "printf '%s\\n' \"$TWINFLOW_FOLDER\" \"$TWINFLOW_SITE_ID\" >" + THIS;

  private static final String BY_INDEX =
      "unset JOB_COMPLETION_INDEX; { IFS= read -r folder && IFS= read -r id; } <\"$0\""
          + " && exec sh -c \"$1\" \"$folder\" \"$id\"";

  @Override
  public void into(PodSpecBuilder pod, BatchKey batch, Whose whose, TaskSpec task)
      throws AttemptFailure {
    String image = Images.of(task.container(), options);
    String given = options.pods().stagingImage();
    String staging = given == null ? image : given;
    if (!staging.equals(image)) {
      pod.addToInitContainers(helper(IMAGE, image, whose).withCommand("sh", "-c", ":").build());
    }
    pod.addToInitContainers(
            helper(FETCH, staging, whose)
                .withCommand(PodSecret.command(whose, SAY_THIS, FETCH))
                .build())
        .addToContainers(
            tool(task).withCommand(command(whose, task)).withVolumeMounts(folder()).build(),
            helper(SEND, staging, whose).withCommand(PodSecret.command(whose, SEND)).build())
        .addNewVolume()
        .withName(FOLDER)
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .addToVolumes(PodSecret.volume(batch, whose));
  }

  /** The folder is on the node's disk: what the tool writes there needs room. */
  @Override
  public long diskMiB(TaskSpec task) {
    return task.resources().outdirMiB() + task.resources().tmpdirMiB();
  }

  private ContainerBuilder tool(TaskSpec task) throws AttemptFailure {
    ContainerBuilder tool = ToolContainer.heedful(options, task);
    long disk = diskMiB(task);
    return disk == 0
        ? tool
        : tool.editResources()
            .addToRequests(Cluster.DISK, new Quantity(disk + "Mi"))
            .endResources();
  }

  private List<String> command(Whose whose, TaskSpec task) {
    String run = task.container() == null ? RUN : ToolContainer.OF_IMAGE + RUN;
    return switch (whose) {
      case Whose.One(AttemptKey attempt) ->
          List.of(
              "sh",
              "-c",
              run,
              tasks.folder(attempt).path().toString(),
              options.siteId(Slot.only(attempt.value())));
      case Whose.ByIndex(String _) -> List.of("sh", "-c", BY_INDEX, THIS, run);
    };
  }

  private static VolumeMount folder() {
    return new VolumeMountBuilder().withName(FOLDER).withMountPath(ROOT.toString()).build();
  }

  private ContainerBuilder helper(String name, String image, Whose whose) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withSecurityContext(SecurityWords.ofContainer(options.pods().security()))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewResources()
        .addToRequests("cpu", new Quantity("125m"))
        .addToRequests("memory", new Quantity(BESIDE.memoryMiB() + "Mi"))
        .addToLimits("cpu", new Quantity("1"))
        .addToLimits("memory", new Quantity(BESIDE.memoryMiB() + "Mi"))
        .endResources()
        .withEnv(name.equals(IMAGE) ? List.of() : environment(whose))
        .withVolumeMounts(name.equals(IMAGE) ? List.of() : mounts(whose));
  }

  private static List<VolumeMount> mounts(Whose whose) {
    List<VolumeMount> all = new ArrayList<>(List.of(folder()));
    all.addAll(PodSecret.mounts(whose));
    return all;
  }

  private List<EnvVar> environment(Whose whose) {
    Map<String, String> all = new LinkedHashMap<>();
    if (whose instanceof Whose.One(AttemptKey attempt)) {
      all.putAll(tasks.environment(attempt));
      all.remove(PodSecret.TOKEN);
      all.put(PodSecret.SITE_ID, options.siteId(Slot.only(attempt.value())));
    }
    // The other half is for what the tool was told to end by.
    all.put("TWINFLOW_GRACE", Long.toString(Math.max(1, options.pods().grace().toSeconds() / 2)));
    all.put("TMPDIR", ROOT.toString());
    List<EnvVar> variables = new ArrayList<>();
    all.forEach((name, value) ->
        variables.add(new EnvVarBuilder().withName(name).withValue(value).build()));
    return variables;
  }

  @Override
  public Optional<Secret> secret(BatchKey batch, Collection<Submission> jobs) {
    return Optional.of(PodSecret.of(options, labels, batch, jobs, tasks));
  }

  @Override
  public boolean hasSecrets() {
    return true;
  }

  /** All containers of a pod must have the same one. */
  @Override
  public long user() {
    return options.pods().security().restricted() ? USER : 0;
  }

  @Override
  public List<Finding> check() {
    String given = options.pods().stagingImage();
    return List.of(
        given == null
            ? Finding.note(
                "staging image",
                "none is named, so the image of each tool must have curl or a wget",
                "name one that has by stagingImage: in pods:")
            : Finding.good("staging image", "%s fetches and sends".formatted(given)));
  }

  @Override
  public Beside beside() {
    return BESIDE;
  }
}
