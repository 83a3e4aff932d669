package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
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
  public void into(PodSpecBuilder pod, BatchKey batch, TaskSpec task) throws AttemptFailure {
    pod.addToContainers(
            ToolContainer.heedful(options, task)
                .withCommand(command(task))
                .addNewVolumeMount()
                .withName(SHARED)
                .withMountPath(shared.mount().toString())
                .endVolumeMount()
                .build())
        .addToVolumes(volume());
  }

  /** A tool of an image has the image's environment; another has none but its own. */
  private List<String> command(TaskSpec task) {
    String folder = BundleFolder.of(shared.root(), task.attempt()).path().toString();
    String siteId = options.siteId(task.attempt());
    return task.container() == null
        ? List.of("sh", script.toString(), folder, siteId)
        : List.of(
            "sh",
            "-c",
            ToolContainer.OF_IMAGE + "exec sh \"$0\" \"$@\"",
            script.toString(),
            folder,
            siteId);
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
