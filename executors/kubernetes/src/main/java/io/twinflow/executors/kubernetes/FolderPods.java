package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pods of one container, which see the shared folder under the same name as this machine.
 *
 * @param script the bundle's
 */
record FolderPods(KubernetesOptions options, SharedFolder shared, Path script) implements PodFiles {

  private static final String SHARED = "shared";

  @Override
  public void into(PodSpecBuilder pod, BatchKey batch, Whose whose, TaskSpec task)
      throws AttemptFailure {
    pod.addToContainers(
            ToolContainer.heedful(options, task)
                .withCommand(command(batch, whose, task))
                .addNewVolumeMount()
                .withName(SHARED)
                .withMountPath(shared.mount().toString())
                .endVolumeMount()
                .build())
        .addToVolumes(volume());
  }

  /** What follows the script, a batch's file, and how the name of the Job is told. */
  private static final String BY_INDEX =
      "job=${2##*/} index=$JOB_COMPLETION_INDEX; unset JOB_COMPLETION_INDEX;"
          + " it=$(sed -n \"s/^$job $index [^ ]* //p\" \"$1\");"
          + " [ -n \"$it\" ] || { echo \"$1 does not say whose pod $job-$index is\" >&2; exit 1; };"
          + " exec sh \"$0\" \"$it\" \"$2-$index\"";

  /** A tool of an image has the image's environment; another has none but its own. */
  private List<String> command(BatchKey batch, Whose whose, TaskSpec task) {
    String ofImage = task.container() == null ? "" : ToolContainer.OF_IMAGE;
    return switch (whose) {
      case Whose.One(AttemptKey attempt) -> {
        String folder = BundleFolder.of(shared.root(), attempt).path().toString();
        String siteId = options.siteId(Slot.only(attempt.value()));
        yield ofImage.isEmpty()
            ? List.of("sh", script.toString(), folder, siteId)
            : List.of(
                "sh", "-c", ofImage + "exec sh \"$0\" \"$@\"", script.toString(), folder, siteId);
      }
      case Whose.ByIndex(String job) ->
          List.of(
              "sh",
              "-c",
              ofImage + BY_INDEX,
              script.toString(),
              BatchFile.of(shared.root(), batch).path().toString(),
              options.siteId(Slot.only(job)));
    };
  }

  private Volume volume() {
    VolumeBuilder volume = new VolumeBuilder().withName(SHARED);
    return switch (shared.volume()) {
      case KubernetesOptions.Volume.Claim(String claim) ->
          volume
              .withNewPersistentVolumeClaim()
              .withClaimName(claim)
              .endPersistentVolumeClaim()
              .build();
      case KubernetesOptions.Volume.HostPath() ->
          volume
              .withNewHostPath()
              .withPath(shared.mount().toString())
              .withType("Directory")
              .endHostPath()
              .build();
    };
  }

  /** The owner of the folder. */
  @Override
  public long user() throws IOException {
    return ((Number) Files.getAttribute(shared.root(), "unix:uid")).longValue();
  }
}
