package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Kubernetes is asked for where files come and go by a store. */
class StagedJobTest {

  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r1", 7, 2);
  private static final BatchKey BATCH = new BatchKey("here", "r1", 1);

  private static KubernetesOptions options(@Nullable Offload offload) {
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("http://engine.example.org/tickets/"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.value());
    return KubernetesOptions.at(new Access.InCluster(), "twins", new Staged(exchange, offload));
  }

  private static Ground ground(KubernetesOptions options) {
    return Grounds.of(options, Clock.systemUTC());
  }

  private static Job job(KubernetesOptions options) throws Exception {
    Ground ground = ground(options);
    TaskSpec task =
        new TaskBuilder(
                ATTEMPT,
                ground.attempts().layout(ATTEMPT, false),
                List.of("true"),
                ContainerSpec.pull("org/model:1", null))
            .cores(2.5)
            .memoryMiB(512)
            .outdirMiB(700)
            .build();
    return new JobBody(options, ground.labels(), ground.pods(), ground.pods().user())
        .of(BATCH, task);
  }

  private static PodSpec pod(Job job) {
    return job.getSpec().getTemplate().getSpec();
  }

  private static Secret secret(KubernetesOptions options) throws Exception {
    return ground(options)
        .pods()
        .secret(BATCH, List.of(new Submission(job(options), List.of(ATTEMPT))))
        .orElseThrow();
  }

  @Test
  void noJobShowsATokenAndNoToolSeesOne() throws Exception {
    KubernetesOptions options = options(null);
    String token = secret(options).getStringData().get(ATTEMPT.value());
    assertThat(token).hasSizeGreaterThan(30);
    assertThat(JobLines.write(List.of(new Submission(job(options), List.of(ATTEMPT))), a -> ""))
        .doesNotContain(token);
    assertThat(pod(job(options)).getContainers())
        .filteredOn(container -> container.getName().equals("tool"))
        .singleElement()
        .satisfies(tool -> {
          assertThat(tool.getVolumeMounts())
              .extracting(VolumeMount::getMountPath)
              .containsExactly("/twinflow");
          assertThat(tool.getEnv()).isNullOrEmpty();
        });
  }

  /** It is on the node's disk, where pods that are promised nothing are the first to go. */
  @Test
  void theFolderOfATaskIsReservedOnTheNode() throws Exception {
    assertThat(pod(job(options(null))).getContainers())
        .filteredOn(container -> container.getName().equals("tool"))
        .singleElement()
        .satisfies(tool -> {
          assertThat(tool.getResources().getRequests())
              .containsEntry("ephemeral-storage", new Quantity("700Mi"));
          // What CWL calls a minimum is no bound.
          assertThat(tool.getResources().getLimits()).doesNotContainKey("ephemeral-storage");
        });
  }

  @Test
  void allContainersAreRestricted() throws Exception {
    PodSpec pod = pod(job(options(null)));
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    List<Container> all = new ArrayList<>(pod.getInitContainers());
    all.addAll(pod.getContainers());
    assertThat(all)
        .hasSize(3)
        .allSatisfy(container -> {
          assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
          assertThat(container.getSecurityContext().getCapabilities().getDrop())
              .containsExactly("ALL");
          assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
        });
  }

  @Test
  void aVirtualNodeGetsOneContainerAndSlurmsWords() throws Exception {
    Job job = job(options(new Offload(null, "--account=twin", Duration.ofHours(12))));
    assertThat(pod(job).getNodeSelector()).containsEntry("type", "virtual-kubelet");
    assertThat(pod(job).getTolerations())
        .singleElement()
        .satisfies(t -> assertThat(t.getKey()).isEqualTo("virtual-node.interlink/no-schedule"));
    assertThat(pod(job).getInitContainers()).isNullOrEmpty();
    assertThat(pod(job).getContainers())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.getImage()).isEqualTo("docker://org/model:1");
          assertThat(one.getLifecycle()).isNull();
          assertThat(one.getCommand()).endsWith("all");
        });
    assertThat(job.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry(
            "slurm-job.vk.io/flags", "--cpus-per-task=3 --mem=512M --time=720 --account=twin");
  }
}
