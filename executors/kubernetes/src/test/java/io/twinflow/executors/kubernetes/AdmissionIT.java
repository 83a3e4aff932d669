package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What lets pods and Jobs in, on fabric8's mock: neither pod security admission nor Kueue can be
 * had for the cluster of the other tests.
 */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class AdmissionIT {

  private static final ResourceDefinitionContext WORKLOADS =
      new ResourceDefinitionContext.Builder()
          .withGroup(QueueWatch.GROUP)
          .withVersion("v1beta2")
          .withKind("Workload")
          .withPlural("workloads")
          .withNamespaced(true)
          .build();

  @TempDir private Path root;
  private MockBench bench;

  @BeforeEach
  void open() {
    bench = new MockBench(root);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static Batch one(KubernetesExecutor executor) {
    return MockBench.batch(executor, 1);
  }

  private static KubernetesOptions queued(KubernetesOptions options) {
    return options.withPods(options.pods().withQueue("twins"));
  }

  private Job job() {
    assertThat(bench.cluster().jobs()).hasSize(1);
    return bench.cluster().jobs().getFirst();
  }

  @Test
  void aPodThatIsNotRestrictedEnoughEndsItsAttemptInTheWordsOfPodSecurity() throws Exception {
    KubernetesExecutor executor = bench.open(UnaryOperator.identity());
    BatchHandle handle = bench.submit(executor, one(executor));
    bench
        .cluster()
        .refusePods(
            MockBench.attempt(1).value(),
            "forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot != true (pod or container \"tool\" must set securityContext.runAsNonRoot=true)");
    Outcome.Failed failed = bench.failure(executor, handle, 1);
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason())
        .contains("violates PodSecurity \"restricted:latest\"")
        .contains("runAsNonRoot=true");
    MockBench.eventually(() -> bench.cluster().jobs().isEmpty());
  }

  @Test
  void allOfAScatterEndInThoseWords() throws Exception {
    KubernetesExecutor executor = bench.open(UnaryOperator.identity());
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 3));
    bench
        .cluster()
        .refusePods(
            job().getMetadata().getName(),
            "forbidden: violates PodSecurity \"restricted:latest\": host namespaces (hostNetwork=true)");
    for (int task = 1; task <= 3; task++) {
      assertThat(bench.failure(executor, handle, task).reason()).contains("hostNetwork=true");
    }
    MockBench.eventually(() -> bench.cluster().jobs().isEmpty());
  }

  @Test
  void aScatterThatExceedsAQuotaWaitsAsFarAsItHasNoPods() throws Exception {
    KubernetesExecutor executor = bench.open(UnaryOperator.identity());
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 2));
    Job job = job();
    bench.cluster().makePod(job, 0);
    bench.cluster().run(MockCluster.podName(job, 0));
    bench
        .cluster()
        .refusePods(
            job.getMetadata().getName(),
            "forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1");
    bench.awaitRunning(executor, handle, 1);
    bench.awaitWords(executor, 2, "exceeded quota: small");
    bench.cluster().makePod(job, 1);
    bench.cluster().run(MockCluster.podName(job, 1));
    bench.awaitRunning(executor, handle, 2);
  }

  /** As Kueue does for each Job of a queue. */
  private void workload(String job, String type, String status, String reason, String message) {
    GenericKubernetesResource workload = new GenericKubernetesResource();
    workload.setApiVersion("kueue.x-k8s.io/v1beta2");
    workload.setKind("Workload");
    workload.setMetadata(
        new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
            .withName("job-" + job + "-1a2b3")
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job)
                    .withUid("u")
                    .build())
            .build());
    workload.setAdditionalProperty(
        "status",
        Map.of(
            "conditions",
            List.of(Map.of("type", type, "status", status, "reason", reason, "message", message))));
    bench
        .cluster()
        .client()
        .genericKubernetesResources(WORKLOADS)
        .resource(workload)
        .createOr(exists -> exists.update());
  }

  @Test
  void aJobOfAQueueWaitsInKueuesWordsAndRunsWhenItIsAdmitted() throws Exception {
    bench.cluster().answers().haveKueue();
    KubernetesExecutor executor = bench.open(AdmissionIT::queued);
    BatchHandle handle = bench.submit(executor, one(executor));
    String name = MockBench.attempt(1).value();
    assertThat(job().getSpec().getSuspend()).isTrue();
    assertThat(job().getMetadata().getLabels()).containsEntry(Labels.QUEUE, "twins");
    String words =
        "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 1 more needed";
    workload(name, "QuotaReserved", "False", "Pending", words);
    assertThat(bench.awaitWords(executor, 1, "flavor")).contains(words).contains("suspended");
    workload(name, "Admitted", "True", "Admitted", "The workload is admitted");
    bench.cluster().suspend(name, false);
    bench.cluster().makePod(job(), Slot.ONLY);
    bench.cluster().run(name + "-abcde");
    bench.awaitRunning(executor, handle, 1);
    bench.record(1, 0);
    bench.cluster().end(name + "-abcde", 0);
    assertThat(bench.outcome(executor, handle, 1)).isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void whatAQueueDoesNotAdmitInTimeIsGivenUp() throws Exception {
    bench.cluster().answers().haveKueue();
    KubernetesExecutor executor =
        bench.open(o -> queued(o).withQueueTimeout(Duration.ofSeconds(3)));
    BatchHandle handle = bench.submit(executor, one(executor));
    Outcome.Failed failed = bench.failure(executor, handle, 1);
    assertThat(failed.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    assertThat(failed.reason()).contains("PT3S").contains("waits at Kubernetes");
    MockBench.eventually(() -> bench.cluster().jobs().isEmpty());
  }

  @Test
  void aQueueMayRefuseBeforeTheCreationIsAnswered() throws Exception {
    bench.cluster().answers().haveKueue();
    workload(
        MockBench.attempt(1).value(),
        "QuotaReserved",
        "False",
        "Inadmissible",
        "LocalQueue twins doesn't exist");
    KubernetesExecutor executor = bench.open(AdmissionIT::queued);
    bench.submit(executor, one(executor));
    bench.awaitWords(executor, 1, "LocalQueue twins doesn't exist");
  }

  @Test
  void eachTaskOfAQueueIsAdmittedByItself() throws Exception {
    bench.cluster().answers().haveKueue();
    KubernetesExecutor executor = bench.open(AdmissionIT::queued);
    bench.submit(executor, MockBench.batch(executor, 3));
    assertThat(bench.cluster().jobs()).hasSize(3).noneMatch(Submission::isIndexed);
  }

  @Test
  void aClusterWithoutKueueIsSaidToHaveNone() throws Exception {
    KubernetesExecutor executor = bench.open(AdmissionIT::queued);
    BatchHandle handle = bench.submit(executor, one(executor));
    MockBench.eventually(() -> {
      try {
        executor.observe(List.of(handle), Duration.ofMillis(100));
        return false;
      } catch (SiteException e) {
        return String.valueOf(e.getMessage()).contains("no kueue.x-k8s.io");
      }
    });
  }
}
