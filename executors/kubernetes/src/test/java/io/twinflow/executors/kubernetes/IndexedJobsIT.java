package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Scatters as indexed Jobs, on fabric8's mock, as the cluster of the other tests is too old for
 * them: one attempt's fate is no other's.
 */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class IndexedJobsIT {

  @TempDir private Path root;
  private MockBench bench;

  /** Of an engine that hangs, where another one comes later. */
  private KubernetesExecutor executor;

  @BeforeEach
  void open() {
    bench = new MockBench(root);
    executor = bench.open(UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Job job() {
    List<Job> jobs = bench.cluster().jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  /** All four run. */
  private BatchHandle four() throws SiteException {
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 4));
    Job job = job();
    bench.cluster().makePods(job);
    for (int i = 0; i < 4; i++) {
      bench.cluster().run(MockCluster.podName(job, i));
      bench.awaitRunning(executor, handle, i + 1);
    }
    return handle;
  }

  @Test
  void aScatterIsOneJobOfWhichEachPodEndsForItself() throws Exception {
    BatchHandle handle = four();
    assertThat(job().getSpec().getCompletionMode()).isEqualTo("Indexed");
    assertThat(job().getSpec().getCompletions()).isEqualTo(4);
    assertThat(job().getSpec().getParallelism()).isEqualTo(4);
    assertThat(job().getSpec().getBackoffLimitPerIndex()).isZero();
    bench.record(3, 7);
    bench.cluster().end(MockCluster.podName(job(), 2), 7);
    assertThat(bench.outcome(executor, handle, 3)).isEqualTo(new Outcome.Exited(7));
    bench.record(1, 0);
    bench.cluster().end(MockCluster.podName(job(), 0), 0);
    assertThat(bench.outcome(executor, handle, 1)).isEqualTo(new Outcome.Exited(0));
    assertThat(bench.goesOn(2)).isTrue();
    assertThat(bench.goesOn(4)).isTrue();
    // One question each, whatever the number of tasks.
    assertThat(bench.cluster().answers().asked("/version")).isEqualTo(1);
    assertThat(bench.cluster().answers().asked("POST /apis/batch/v1")).isEqualTo(1);
  }

  @Test
  void anEvictedPodEndsItsAttemptForTheSitesSakeAndNoOther() throws Exception {
    BatchHandle handle = four();
    bench.cluster().evict(MockCluster.podName(job(), 1), "The node was low on memory");
    Outcome.Failed failed = bench.failure(executor, handle, 2);
    assertThat(failed.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    assertThat(failed.reason()).contains(job().getMetadata().getName() + "-1").contains("Evicted");
    assertThat(bench.goesOn(1)).isTrue();
  }

  @Test
  void aPodThatIsDeletedIsLostAndTheOthersGoOn() throws Exception {
    BatchHandle handle = four();
    bench.cluster().client().pods().withName(MockCluster.podName(job(), 3)).delete();
    bench.awaitState(executor, handle, 4, TaskState.Lost.class::isInstance);
    assertThat(bench.goesOn(1)).isTrue();
    assertThat(bench.cluster().pods()).hasSize(3);
  }

  @Test
  void whoeverCancelsOneDeletesItsPodAndWhoeverCancelsTheLastTheJob() throws Exception {
    BatchHandle handle = four();
    bench.record(2, 143);
    executor.cancel(List.of(MockBench.attempt(2)));
    bench.assertCancelled(executor, handle, 2);
    assertThat(bench.cluster().pod(MockCluster.podName(job(), 1))).isEmpty();
    assertThat(bench.cluster().pods()).hasSize(3);
    assertThat(bench.goesOn(1)).isTrue();
    String job = job().getMetadata().getName();
    executor.cancel(List.of(MockBench.attempt(1), MockBench.attempt(3), MockBench.attempt(4)));
    assertThat(bench.cluster().job(job)).isEmpty();
  }

  @Test
  void anAttemptThatIsCancelledBeforeItHasAPodEndsAtOnceAndItsPodIsDeletedWhenItComes()
      throws Exception {
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 2));
    executor.cancel(List.of(MockBench.attempt(1)));
    bench.assertCancelled(executor, handle, 1);
    bench.cluster().makePods(job());
    MockBench.eventually(() -> bench.cluster().pods().size() == 1);
    bench.cluster().run(MockCluster.podName(job(), 1));
    bench.awaitRunning(executor, handle, 2);
  }

  @Test
  void whatAPodWaitsForIsToldOfItAlone() throws Exception {
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 3));
    bench.cluster().makePods(job());
    String words = "0/3 nodes are available: 3 Insufficient cpu.";
    bench.cluster().unschedulable(MockCluster.podName(job(), 0), words);
    bench.cluster().wait(MockCluster.podName(job(), 1), "ErrImagePull", "dial tcp: i/o timeout");
    bench.cluster().run(MockCluster.podName(job(), 2));
    assertThat(bench.awaitWords(executor, 1, "Insufficient cpu")).contains(words);
    bench.awaitWords(executor, 2, "i/o timeout");
    bench.awaitRunning(executor, handle, 3);
  }

  @Test
  void anImageThatIsNowhereEndsThoseWhosePodsWantIt() throws Exception {
    BatchHandle handle = bench.submit(executor, MockBench.batch(executor, 2));
    bench.cluster().makePods(job());
    String pod = MockCluster.podName(job(), 0);
    bench.cluster().run(MockCluster.podName(job(), 1));
    bench.awaitRunning(executor, handle, 2);
    bench.cluster().wait(pod, "ErrImagePull", "manifest unknown: no tag");
    Outcome.Failed failed = bench.failure(executor, handle, 1);
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains("manifest unknown");
    MockBench.eventually(() -> bench.cluster().pod(pod).isEmpty());
    assertThat(bench.goesOn(2)).isTrue();
    assertThat(bench.cluster().jobs()).hasSize(1);
  }

  @Test
  void whatDoesNotStartInTimeIsGivenUpByItself() throws Exception {
    KubernetesExecutor impatient = bench.open(o -> o.withQueueTimeout(Duration.ofSeconds(3)));
    // As one does that runs.
    bench.claim(2);
    BatchHandle handle = bench.submit(impatient, MockBench.batch(impatient, 2));
    bench.cluster().makePods(job());
    String pod = MockCluster.podName(job(), 0);
    Outcome.Failed failed = bench.failure(impatient, handle, 1);
    assertThat(failed.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    assertThat(failed.reason()).contains("PT3S");
    MockBench.eventually(() -> bench.cluster().pod(pod).isEmpty());
    bench.cluster().run(MockCluster.podName(job(), 1));
    bench.awaitRunning(impatient, handle, 2);
    assertThat(bench.cluster().jobs()).hasSize(1);
  }

  @Test
  void aLostAnswerIsLookedUpAndTheJobIsThereOnce() throws Exception {
    bench.cluster().answers().loseAnswers(100);
    Batch batch = MockBench.batch(executor, 3);
    assertThatThrownBy(() -> executor.submit(batch))
        .isInstanceOfSatisfying(
            SiteException.class,
            e -> assertThat(e.certainty()).isEqualTo(SiteException.Certainty.UNKNOWN));
    bench.cluster().answers().loseAnswers(0);
    BatchHandle found = executor.find(batch.key(), MockBench.attempts(batch)).orElseThrow();
    assertThat(found.attempts()).hasSize(3);
    bench.cluster().makePods(job());
    bench.cluster().run(MockCluster.podName(job(), 2));
    bench.awaitRunning(executor, found, 3);
  }

  @Test
  void anEngineThatComesLaterKnowsWhichPodsAreWhoseAndWhichHaveEnded() throws Exception {
    four();
    Batch batch = MockBench.batch(executor, 4);
    bench.record(1, 0);
    bench.cluster().end(MockCluster.podName(job(), 0), 0);
    // This one left nothing, and its pod is gone: the Job knows that it failed.
    bench.cluster().client().pods().withName(MockCluster.podName(job(), 1)).delete();
    bench.cluster().indexes(job().getMetadata().getName(), "0", "1");
    KubernetesExecutor second = bench.open(UnaryOperator.identity());
    BatchHandle found = second.find(batch.key(), MockBench.attempts(batch)).orElseThrow();
    assertThat(bench.outcome(second, found, 1)).isEqualTo(new Outcome.Exited(0));
    bench.awaitState(second, found, 2, TaskState.Lost.class::isInstance);
    bench.awaitRunning(second, found, 3);
    bench.awaitRunning(second, found, 4);
    assertThat(bench.cluster().jobs()).hasSize(1);
  }

  @Test
  void theJobStaysUntilTheLastOfItsAttemptsIsReleased() throws Exception {
    BatchHandle handle = four();
    for (int task = 1; task <= 4; task++) {
      bench.record(task, 0);
      bench.cluster().end(MockCluster.podName(job(), task - 1), 0);
      bench.outcome(executor, handle, task);
    }
    executor.release(List.of(MockBench.attempt(1), MockBench.attempt(2), MockBench.attempt(3)));
    assertThat(BatchFile.of(root, MockBench.key(1)).exists()).isTrue();
    String job = job().getMetadata().getName();
    executor.release(List.of(MockBench.attempt(4)));
    MockBench.eventually(() -> bench.cluster().job(job).isEmpty());
    assertThat(BatchFile.of(root, MockBench.key(1)).exists()).isFalse();
  }

  @Test
  void aJobThatACrashLeftIsSweptByTheNextEngine() throws Exception {
    bench.submit(executor, MockBench.batch(executor, 3));
    String left = job().getMetadata().getName();
    BatchFile.of(root, MockBench.key(1)).delete();
    KubernetesExecutor second = bench.open(UnaryOperator.identity());
    second.submit(new Batch(MockBench.key(2), List.of(MockBench.task(second, 9).build())));
    MockBench.eventually(() -> bench.cluster().job(left).isEmpty());
    assertThat(bench.cluster().jobs()).hasSize(1);
  }

  @Test
  void aBatchThatNobodyReleasedIsForgottenLongAfterItsJobs() throws Exception {
    BatchFile old = BatchFile.of(root, MockBench.key(7));
    BatchFile young = BatchFile.of(root, MockBench.key(8));
    old.write(List.of(), a -> "");
    young.write(List.of(), a -> "");
    Files.setLastModifiedTime(old.path(), FileTime.from(Instant.now().minus(Duration.ofDays(61))));
    bench.submit(executor, MockBench.batch(executor, 2));
    MockBench.eventually(() -> !old.exists());
    assertThat(young.exists()).isTrue();
    assertThat(BatchFile.of(root, MockBench.key(1)).exists()).isTrue();
  }

  @Test
  void tasksOfOtherNeedsHaveJobsOfTheirOwn() throws Exception {
    Batch alike = MockBench.batch(executor, 2);
    Batch batch =
        new Batch(
            alike.key(),
            List.of(
                alike.tasks().get(0),
                MockBench.task(executor, 3).memoryMiB(64).build(),
                alike.tasks().get(1)));
    BatchHandle handle = executor.submit(batch);
    assertThat(bench.cluster().jobs()).hasSize(2);
    List<String> names = new ArrayList<>();
    bench.cluster().jobs().forEach(job -> names.add(job.getMetadata().getName()));
    assertThat(names).contains(MockBench.attempt(3).value());
    Job shared =
        bench.cluster().jobs().stream().filter(Submission::isIndexed).findFirst().orElseThrow();
    bench.cluster().makePods(shared);
    bench.cluster().run(MockCluster.podName(shared, 1));
    bench.awaitRunning(executor, handle, 2);
  }

  private void assertOneJobEach(KubernetesExecutor asked) throws SiteException {
    bench.submit(asked, MockBench.batch(asked, 3));
    assertThat(bench.cluster().jobs()).hasSize(3).noneMatch(Submission::isIndexed);
  }

  @Test
  void aClusterThatMayLackTheLimitOfEachIndexGetsAJobForEach() throws Exception {
    bench.cluster().answers().setMinor("32+");
    assertOneJobEach(executor);
    assertThat(executor.check()).anyMatch(f -> f.found().contains("1.32 is older than 1.33"));
  }

  @Test
  void whoeverMayNotDeletePodsGetsAJobForEach() throws Exception {
    bench.cluster().answers().forbid("\"resource\":\"pods\",\"verb\":\"delete\"");
    assertOneJobEach(executor);
    assertThat(executor.check())
        .anyMatch(f -> f.about().equals("scatters") && f.found().contains("delete pods"));
  }
}
