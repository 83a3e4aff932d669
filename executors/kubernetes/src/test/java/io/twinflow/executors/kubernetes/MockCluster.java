package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's mock of an API server, for what no real one here can be made to do: it keeps what it is
 * given and tells of it. The test is the Job controller, the kubelet, admission and Kueue.
 */
final class MockCluster implements AutoCloseable {

  static final String NAMESPACE = "twins";

  private final MockAnswers answers = new MockAnswers();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), answers, false);
  private final KubernetesClient client;

  MockCluster() {
    server.init(InetAddress.getLoopbackAddress(), 0);
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url("/"))
            .withNamespace(NAMESPACE)
            .withHttp2Disable(true)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  MockAnswers answers() {
    return answers;
  }

  KubernetesClient client() {
    return client;
  }

  KubernetesOptions options(Path root) {
    return KubernetesOptions.at(
            new Access.Token(URI.create(server.url("/")), null, new OneToken()),
            NAMESPACE,
            new SharedFolder(root, root, new Volume.Claim("data")))
        .withPods(RealCluster.pods("debian:stable-slim"));
  }

  private static final class OneToken implements Tokens {
    @Override
    public String token() {
      return "secret";
    }

    @Override
    public void refused(String which) {
      throw new AssertionError("nobody refuses it");
    }
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().list().getItems();
  }

  Optional<Job> job(String name) {
    return Optional.ofNullable(client.batch().v1().jobs().withName(name).get());
  }

  List<Pod> pods() {
    return client.pods().list().getItems();
  }

  Optional<Pod> pod(String name) {
    return Optional.ofNullable(client.pods().withName(name).get());
  }

  /** As the Job controller makes it. */
  Pod makePod(Job job, int index) {
    String name = job.getMetadata().getName();
    Map<String, String> labels =
        new HashMap<>(job.getSpec().getTemplate().getMetadata().getLabels());
    labels.put(Labels.JOB, name);
    String podName = name + (index == Slot.ONLY ? "-abcde" : "-" + index + "-abcde");
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(podName)
            .withLabels(labels)
            .endMetadata()
            .withSpec(job.getSpec().getTemplate().getSpec())
            .withNewStatus()
            .withPhase("Pending")
            .endStatus();
    if (index != Slot.ONLY) {
      pod.editMetadata()
          .addToLabels(Slot.INDEX, Integer.toString(index))
          .addToAnnotations(Slot.INDEX, Integer.toString(index))
          .endMetadata();
    }
    return client.pods().resource(pod.build()).create();
  }

  void makePods(Job job) {
    for (int i = 0; i < job.getSpec().getCompletions(); i++) {
      makePod(job, i);
    }
  }

  static String podName(Job job, int index) {
    return job.getMetadata().getName() + "-" + index + "-abcde";
  }

  private void status(String pod, PodStatus status) {
    client.pods().withName(pod).editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  private static PodStatus of(String phase, ContainerState state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .addNewContainerStatus()
        .withName(ToolContainer.NAME)
        .withImageID("docker://sha256:abc")
        .withState(state)
        .endContainerStatus()
        .build();
  }

  void run(String pod) {
    status(
        pod,
        of("Running", new ContainerStateBuilder().withNewRunning("2026-11-21T07:00:00Z").build()));
  }

  void wait(String pod, String reason, String message) {
    status(
        pod,
        of(
            "Pending",
            new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build()));
  }

  void end(String pod, int code) {
    status(
        pod,
        of(
            code == 0 ? "Succeeded" : "Failed",
            new ContainerStateBuilder()
                .withNewTerminated()
                .withReason(code == 0 ? "Completed" : "Error")
                .withExitCode(code)
                .withStartedAt("2026-11-21T07:00:00Z")
                .endTerminated()
                .build()));
  }

  void unschedulable(String pod, String words) {
    status(
        pod,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(words)
            .endCondition()
            .build());
  }

  void evict(String pod, String words) {
    status(
        pod,
        new PodStatusBuilder()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage(words)
            .build());
  }

  /** As the Job controller tells of indexes. */
  void indexes(String job, @Nullable String completed, @Nullable String failed) {
    client
        .batch()
        .v1()
        .jobs()
        .withName(job)
        .editStatus(j ->
            new JobBuilder(j)
                .editOrNewStatus()
                .withCompletedIndexes(completed)
                .withFailedIndexes(failed)
                .endStatus()
                .build());
  }

  void suspend(String job, boolean suspended) {
    client
        .batch()
        .v1()
        .jobs()
        .withName(job)
        .edit(j -> new JobBuilder(j).editSpec().withSuspend(suspended).endSpec().build());
  }

  /** As the Job controller tells of a pod that it may not make. */
  void refusePods(String job, String words) {
    client
        .v1()
        .events()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(job + "." + Long.toHexString(System.nanoTime()))
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Job")
                .withName(job)
                .endInvolvedObject()
                .withReason("FailedCreate")
                .withMessage("Error creating: pods \"%s-abcde\" is %s".formatted(job, words))
                .withType("Warning")
                .build())
        .create();
  }

  /**
   * The server ends with this JVM: told to end, it waits for its watches on the thread that these
   * need to end, and may give up after ten seconds.
   */
  @Override
  public void close() {
    client.close();
  }
}
