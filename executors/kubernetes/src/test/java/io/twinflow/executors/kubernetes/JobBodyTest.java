package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import io.twinflow.executors.kubernetes.PodOptions.Security;
import io.twinflow.executors.kubernetes.PodOptions.Toleration;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobBodyTest {

  private static final Path ROOT = Path.of("/data/runs");
  private static final BatchKey BATCH = new BatchKey("here", "r1", 1);

  private static final PodOptions FULL =
      new PodOptions(
          "debian:stable-slim",
          "staging:1",
          "amd.com/gpu",
          Map.of("disk", "fast"),
          List.of(new Toleration("spot", "yes", "NoSchedule"), new Toleration(null, null, null)),
          Map.of("team", "hydrology"),
          List.of("registry"),
          "urgent",
          "twins",
          false,
          Duration.ofSeconds(20),
          new Security(true, 1000L, true));

  private static TaskSpec task(@Nullable ContainerSpec container) {
    AttemptKey attempt = new AttemptKey("here", "r1", 7, 2);
    return new TaskBuilder(
            attempt, BundleFolder.of(ROOT, attempt).layout(), List.of("true"), container)
        .cores(1.5)
        .memoryMiB(512)
        .timeLimit(Duration.ofMinutes(10))
        .build();
  }

  private static Job job(PodOptions pods, @Nullable ContainerSpec container) throws AttemptFailure {
    SharedFolder shared = new SharedFolder(ROOT, Path.of("/data"), new Volume.Claim("data"));
    KubernetesOptions options =
        KubernetesOptions.at(new Access.InCluster(), "twins", shared).withPods(pods);
    FolderPods files = new FolderPods(options, shared, Path.of("/data/runs/bundle.sh"));
    return new JobBody(options, Labels.of(ROOT.toString()), files, 1000).of(BATCH, task(container));
  }

  private static PodSpec pod(Job job) {
    return job.getSpec().getTemplate().getSpec();
  }

  private static Container tool(Job job) {
    return pod(job).getContainers().getFirst();
  }

  @Test
  void aJobIsNamedByItsAttemptAndStartedOnce() throws AttemptFailure {
    Job job = job(FULL, null);
    assertThat(job.getMetadata().getName()).isEqualTo("tf-here-r1-7-2");
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("twinflow.io/run", "r1")
        .containsEntry("twinflow.io/task", "7")
        .containsEntry("twinflow.io/attempt", "2")
        .containsEntry(Labels.BATCH, BATCH.value())
        .containsEntry(Labels.QUEUE, "twins");
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .doesNotContainKey(Labels.QUEUE);
  }

  @Test
  void aToolGetsWhatItAskedForAndNoMore() throws AttemptFailure {
    Map<String, Quantity> limits = tool(job(FULL, null)).getResources().getLimits();
    assertThat(limits)
        .containsEntry("cpu", new Quantity("1500m"))
        .containsEntry("memory", new Quantity("512Mi"));
    assertThat(tool(job(FULL, null)).getResources().getRequests()).isEqualTo(limits);
  }

  @Test
  void whatTheSiteSaysOfPodsIsSaidToKubernetes() throws AttemptFailure {
    PodSpec pod = pod(job(FULL, null));
    assertThat(pod.getNodeSelector()).containsEntry("disk", "fast");
    assertThat(pod.getTolerations()).extracting("operator").containsExactly("Equal", "Exists");
    assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("registry");
    assertThat(pod.getPriorityClassName()).isEqualTo("urgent");
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(20);
    assertThat(pod.getVolumes().getFirst().getPersistentVolumeClaim().getClaimName())
        .isEqualTo("data");
    assertThat(pod.getActiveDeadlineSeconds()).isGreaterThan(600);
  }

  @Test
  void aPodIsRestrictedUnlessTheSiteSaysOtherwise() throws AttemptFailure {
    Job job = job(FULL, null);
    assertThat(pod(job).getAutomountServiceAccountToken()).isFalse();
    assertThat(pod(job).getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod(job).getSecurityContext().getRunAsUser()).isEqualTo(1000);
    assertThat(pod(job).getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(tool(job).getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(tool(job).getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(tool(job).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
  }

  @Test
  void onlyAToolOfAnImageKeepsTheImagesEnvironment() throws AttemptFailure {
    assertThat(tool(job(FULL, null)).getCommand().getFirst()).isEqualTo("sh");
    assertThat(tool(job(FULL, null)).getCommand().get(1)).isEqualTo("/data/runs/bundle.sh");
    Job own = job(FULL, ContainerSpec.pull("python:3-slim", null));
    assertThat(tool(own).getImage()).isEqualTo("python:3-slim");
    assertThat(tool(own).getCommand()).anyMatch(word -> word.contains("TWINFLOW_BUNDLE=1"));
  }

  @Test
  void aToolWithoutAnImageNeedsOneOfTheSite() {
    assertThatThrownBy(() -> job(PodOptions.PLAIN, null))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContaining("DockerRequirement")
        .hasMessageContaining("image:");
  }

  @Test
  void anImageThatWouldHaveToBeBuiltIsRefused() {
    ContainerSpec built = new ContainerSpec(new ContainerSpec.Image.Build("FROM x"), "mine");
    assertThatThrownBy(() -> job(FULL, built))
        .isInstanceOf(AttemptFailure.class)
        .hasMessageContaining("mine")
        .hasMessageContaining("dockerPull");
  }
}
