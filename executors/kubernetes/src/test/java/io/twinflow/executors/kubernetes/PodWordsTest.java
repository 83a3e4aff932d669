package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodWordsTest {

  private static Pod pod(String phase, @Nullable String reason, String message) {
    return new PodBuilder()
        .withNewMetadata()
        .withUid("u")
        .addToLabels(Labels.JOB, "tf-a-b-1-1")
        .endMetadata()
        .withNewSpec()
        .withNodeName("n1")
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .withReason(reason)
        .withMessage(message)
        .endStatus()
        .build();
  }

  private static Pod container(String phase, ContainerState state) {
    return new PodBuilder(pod(phase, null, ""))
        .editStatus()
        .addNewContainerStatus()
        .withImageID("docker://sha256:abc")
        .withState(state)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  private static ContainerState ended(String reason, int code) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(code)
        .withStartedAt("2026-11-20T10:00:00Z")
        .endTerminated()
        .build();
  }

  private static Pod staged(ContainerState fetch, ContainerState tool, ContainerState send) {
    return new PodBuilder(pod("Running", null, ""))
        .editStatus()
        .addNewInitContainerStatus()
        .withName("fetch")
        .withState(fetch)
        .endInitContainerStatus()
        .addNewContainerStatus()
        .withName("send")
        .withState(send)
        .endContainerStatus()
        .addNewContainerStatus()
        .withName("tool")
        .withState(tool)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static ContainerState said(int code, String message) {
    return new ContainerStateBuilder(ended("Error", code))
        .editTerminated()
        .withMessage(message)
        .endTerminated()
        .build();
  }

  private static final ContainerState RUNNING =
      new ContainerStateBuilder().withNewRunning().endRunning().build();

  @Test
  void aPodThatStillSendsWhatItsToolLeftIsNotOver() {
    PodView view = PodWords.of(staged(ended("Completed", 0), said(3, "ended\n"), RUNNING));
    assertThat(view.stage()).isEqualTo(Stage.RUNS);
    assertThat(view.why()).isNull();
  }

  @Test
  void aToolThatEndedWithoutAWordIsOverThoughItsSenderWaits() {
    PodView view = PodWords.of(staged(ended("Completed", 0), ended("OOMKilled", 137), RUNNING));
    assertThat(view.stage()).isEqualTo(Stage.OVER);
    assertThat(view.why()).isNotNull();
  }

  @Test
  void whatFetchesRunsBeforeItsTool() {
    ContainerState waits = waiting("PodInitializing", "");
    assertThat(PodWords.of(staged(RUNNING, waits, waits)).stage()).isEqualTo(Stage.RUNS);
    assertThat(PodWords.of(staged(waits, waits, waits)).stage()).isEqualTo(Stage.WAITS);
  }

  @Test
  void anImageThatCannotFetchIsToBeAnother() {
    ContainerState waits = waiting("PodInitializing", "");
    PodView view = PodWords.of(staged(said(78, "no curl\n"), waits, waits));
    assertThat(view.why())
        .isEqualTo(
            new Why(
                FailureKind.USER,
                "no curl (stagingImage: in the site's pods: names the image for that)"));
  }

  @Test
  void aPodThatTheNodeEvictedFailedForTheSitesSake() {
    PodView view = PodWords.of(pod("Failed", "Evicted", "The node was low on memory"));
    assertThat(view.stage()).isEqualTo(Stage.OVER);
    assertThat(view.why())
        .isEqualTo(new Why(FailureKind.INFRASTRUCTURE, "Evicted: The node was low on memory"));
  }

  /** As Kubernetes tells since 1.26 of what is drained, preempted or on a node that is away. */
  @Test
  void aPodThatIsTakenAwaySaysByWhom() {
    Pod pod =
        new PodBuilder(container("Running", ended("Error", 143)))
            .editStatus()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason("EvictionByEvictionAPI")
            .withMessage("Eviction API: evicting")
            .endCondition()
            .endStatus()
            .build();
    assertThat(PodWords.of(pod).words()).isEqualTo("EvictionByEvictionAPI: Eviction API: evicting");
  }

  @Test
  void aPodThatOutlivedItsDeadlineRanOutOfTime() {
    assertThat(PodWords.of(pod("Failed", "DeadlineExceeded", "too long")).why())
        .isEqualTo(new Why(FailureKind.RESOURCES, "DeadlineExceeded: too long"));
  }

  @Test
  void aContainerThatIsOutOfMemoryIsSaidToBeBeforeThePodIsOver() {
    PodView view = PodWords.of(container("Running", ended("OOMKilled", 137)));
    assertThat(view.stage()).isEqualTo(Stage.OVER);
    assertThat(view.why()).isNotNull();
    assertThat(view.why().kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(view.why().shortage()).isEqualTo(new Shortage.Memory());
  }

  @Test
  void whatFetchesHasItsMemoryFromNoTask() {
    ContainerState waits = waiting("PodInitializing", "");
    Why why = PodWords.of(staged(ended("OOMKilled", 137), waits, waits)).why();
    assertThat(why).isNotNull();
    assertThat(why.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(why.shortage()).isNull();
  }

  @Test
  void aToolThatFailsByItselfIsTheToolsAffair() {
    PodView view = PodWords.of(container("Failed", ended("Error", 3)));
    assertThat(view.why()).isNull();
    assertThat(view.image()).isEqualTo("sha256:abc");
    assertThat(view.words()).isEqualTo("Error 3");
  }

  @Test
  void anImageThatNoRegistryHasNeverStarts() {
    Why why =
        PodWords.of(container("Pending", waiting("ErrImagePull", "manifest unknown: no tag")))
            .why();
    assertThat(why).isEqualTo(new Why(FailureKind.USER, "ErrImagePull: manifest unknown: no tag"));
  }

  @Test
  void aRegistryThatDoesNotAnswerMayAnswerLater() {
    PodView view =
        PodWords.of(container("Pending", waiting("ErrImagePull", "dial tcp: i/o timeout")));
    assertThat(view.stage()).isEqualTo(Stage.WAITS);
    assertThat(view.why()).isNull();
    assertThat(view.words()).contains("i/o timeout");
  }

  @Test
  void whatTheSchedulerSaysIsWhyAPodWaits() {
    Pod pod =
        new PodBuilder(pod("Pending", null, ""))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/3 nodes are available: 3 Insufficient cpu.")
            .endCondition()
            .endStatus()
            .build();
    assertThat(PodWords.of(pod).words())
        .isEqualTo("Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.");
  }
}
