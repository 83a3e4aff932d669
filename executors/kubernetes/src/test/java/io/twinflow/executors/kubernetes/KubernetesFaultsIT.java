package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.token.Tokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What happens at a real cluster: nothing is lost, no tool runs twice (each counts its runs), and
 * what the cluster has against an attempt is told in its words.
 */
@Timeout(180)
@Isolated("takes the API server away")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class KubernetesFaultsIT extends RealFaults {

  @Test
  void anApiServerThatIsKilledWhileJobsRunLosesNoneAndStartsNoneAgain() throws Exception {
    KubernetesExecutor executor = open();
    BatchHandle handle = executor.submit(batch(executor, 1, 4, "sleep 4"));
    awaitRunning(executor, handle);
    peer("apiserver", "kill");
    try {
      Batch late = batch(executor, 2, 1, "true");
      assertThatThrownBy(() -> executor.submit(late))
          .isInstanceOfSatisfying(
              SiteException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE))
          .hasMessageContaining("does not answer");
    } finally {
      peer("apiserver", "start");
    }
    awaitSuccess(executor, handle);
    // What could not be submitted then is submitted when it is asked for again.
    awaitSuccess(executor, executor.submit(batch(executor, 2, 1, "true")));
  }

  @Test
  void anEngineThatDiedBeforeItHadAllAnswersIsFollowedByOneThatCreatesWhatIsMissing()
      throws Exception {
    KubernetesExecutor first = open();
    Batch batch = batch(first, 1, 3, "sleep 2");
    first.submit(batch);
    first.close();
    String never = batch.tasks().get(2).attempt().value();
    try (KubernetesClient client = RealCluster.administrator()) {
      // As if it had died before it created the last.
      client.batch().v1().jobs().withName(never).delete();
    }
    KubernetesExecutor second = open();
    List<AttemptKey> attempts = batch.tasks().stream().map(TaskSpec::attempt).toList();
    BatchHandle found = second.find(batch.key(), attempts).orElseThrow();
    assertThat(found.attempts()).hasSize(3);
    awaitEnds(second, found);
    for (AttemptKey attempt : attempts.subList(0, 2)) {
      assertThat(root.resolve("effect-" + attempt.task())).hasContent("ran\n");
    }
  }

  @Test
  void aPodThatIsDeletedIsLostAndItsJobStartsNoOther() throws Exception {
    KubernetesExecutor executor = open();
    Batch batch = batch(executor, 1, 1, "sleep 600");
    BatchHandle handle = executor.submit(batch);
    awaitRunning(executor, handle);
    AttemptKey attempt = batch.tasks().getFirst().attempt();
    await().atMost(PATIENCE).until(() -> root.resolve("effect-1001").toFile().exists());
    try (KubernetesClient client = RealCluster.administrator()) {
      client.pods().withLabel(Labels.JOB, attempt.value()).delete();
      awaitEnds(executor, handle);
      assertThat(states.get(attempt))
          .isInstanceOfSatisfying(
              TaskState.Lost.class, lost -> assertThat(lost.reason()).contains(attempt.value()));
      await()
          .atMost(PATIENCE)
          .until(() -> client.batch().v1().jobs().withName(attempt.value()).get() == null);
    }
    assertThat(root.resolve("effect-1001")).hasContent("ran\n");
  }

  @Test
  void aToolThatTakesTooMuchMemoryIsOutOfResources() throws Exception {
    KubernetesExecutor executor = open();
    Outcome.Failed failed =
        failure(executor, task(executor, 1, "x=x; while :; do x=$x$x$x$x; done").memoryMiB(24));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains("OOMKilled");
    assertThat(failed.shortage()).isEqualTo(new Shortage.Memory());
    assertThat(root.resolve("effect-1")).hasContent("ran\n");
  }

  @Test
  void anImageThatDoesNotExistIsToldInTheRegistrysWords() throws Exception {
    KubernetesExecutor executor = open();
    String registry = System.getenv("TWINFLOW_REGISTRY");
    Outcome.Failed failed =
        registry == null
            ? failure(executor, task(executor, 1, "true", "Not/An_Image:"))
            : failure(executor, task(executor, 1, "true", registry + "/nothing:here"));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains(registry == null ? "InvalidImageName" : "nothing:here");
  }

  /** Of peers/kubernetes: one file is in it. */
  @Test
  void anImageThatHasNoShellIsSaidToHaveNone() throws Exception {
    KubernetesExecutor executor = open();
    Outcome.Failed failed = failure(executor, task(executor, 1, "true", "shellless:local"));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("\"sh\": executable file not found");
  }

  @Test
  void aTokenThatIsRefusedFailsNothingAndIsForgotten() throws Exception {
    AtomicReference<String> token = new AtomicReference<>("expired");
    AtomicReference<String> refused = new AtomicReference<>();
    Tokens tokens =
        new Tokens() {
          @Override
          public String token() {
            return token.get();
          }

          @Override
          public void refused(String which) {
            refused.set(which);
          }
        };
    KubernetesExecutor executor =
        open(o ->
            new KubernetesOptions(
                o.site(),
                RealCluster.access(tokens),
                o.namespace(),
                o.files(),
                o.pods(),
                o.queueTimeout()));
    Batch batch = batch(executor, 1, 2, "true");
    assertThatThrownBy(() -> executor.submit(batch))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
              assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
            })
        .hasMessageContaining("refused the token");
    assertThat(refused).hasValue("expired");
    AttemptKey first = batch.tasks().getFirst().attempt();
    assertThat(executor.waitsFor(first))
        .hasValueSatisfying(words -> assertThat(words).contains("refused the token"));
    token.set(RealCluster.token());
    awaitSuccess(executor, executor.submit(batch));
  }

  @Test
  void whatFitsNoNodeWaitsInTheSchedulersWords() throws Exception {
    KubernetesExecutor executor =
        open(o -> o.withPods(RealCluster.pods().withNodeSelector(Map.of("disk", "fast"))));
    TaskSpec task = task(executor, 1, "true").build();
    BatchHandle handle = executor.submit(new Batch(key(1), List.of(task)));
    assertThat(awaitWords(executor, task, "node")).contains("0/1 nodes are available");
    executor.cancel(handle.attempts());
    awaitEnds(executor, handle);
    assertThat(root.resolve("effect-1")).doesNotExist();
  }

  @Test
  void anExhaustedQuotaIsSaidAndWaitedFor() throws Exception {
    KubernetesExecutor executor = open();
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("none")
            .endMetadata()
            .withNewSpec()
            .addToHard("pods", new Quantity("0"))
            .endSpec()
            .build();
    try (KubernetesClient client = RealCluster.administrator()) {
      client.resourceQuotas().resource(quota).create();
      try {
        await()
            .atMost(PATIENCE)
            .until(
                () -> client.resourceQuotas().withName("none").get().getStatus().getHard() != null);
        TaskSpec task = task(executor, 1, "true").build();
        BatchHandle handle = executor.submit(new Batch(key(1), List.of(task)));
        assertThat(awaitWords(executor, task, "quota")).contains("exceeded quota: none");
        executor.cancel(handle.attempts());
        awaitEnds(executor, handle);
      } finally {
        client.resourceQuotas().withName("none").delete();
      }
    }
    assertThat(root.resolve("effect-1")).doesNotExist();
  }

  @Test
  void aUserWhoMayNotCreateJobsIsToldSo() {
    KubernetesExecutor executor =
        open(o ->
            new KubernetesOptions(
                o.site(), o.access(), "default", o.files(), o.pods(), o.queueTimeout()));
    assertThatThrownBy(() -> executor.submit(batch(executor, 1, 2, "true")))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.USER);
              assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
              assertThat(e).hasMessageContaining("cannot create resource \"jobs\"");
            });
  }

  @Test
  void jobsOfReleasedBatchesAreSweptByTheNextEngine() throws Exception {
    KubernetesExecutor first = open();
    Batch batch = batch(first, 1, 1, "true");
    BatchHandle handle = first.submit(batch);
    awaitSuccess(first, handle);
    first.close();
    BatchFile.of(RealCluster.root(root.resolve("shared")), batch.key()).delete();
    KubernetesExecutor second = open();
    assertThat(second.find(key(2), List.of())).isEmpty();
    BatchHandle other = second.submit(batch(second, 3, 1, "true"));
    String left = batch.tasks().getFirst().attempt().value();
    try (KubernetesClient client = RealCluster.administrator()) {
      await().atMost(PATIENCE).until(() -> client.batch().v1().jobs().withName(left).get() == null);
    }
    awaitSuccess(second, other);
  }

  @Test
  void anAdministratorIsToldWhatIsAllowed() {
    assertThat(open().check())
        .noneMatch(f -> f.level() == Finding.Level.PROBLEM)
        .anyMatch(f -> f.found().contains("v1.20.2"));
    KubernetesExecutor elsewhere =
        open(o ->
            new KubernetesOptions(
                o.site(), o.access(), "default", o.files(), o.pods(), o.queueTimeout()));
    assertThat(elsewhere.check())
        .anyMatch(f -> f.level() == Finding.Level.PROBLEM && f.found().contains("create jobs"));
  }
}
