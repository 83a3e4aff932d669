package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import io.twinflow.executors.kubernetes.PodView.Stage;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r1", 1, 1);
  private static final BatchKey BATCH = new BatchKey("here", "r1", 1);

  @TempDir private Path root;
  private final Observations observations = new Observations();
  private final List<String> leftover = new ArrayList<>();
  private final Unwanted unwanted =
      new Unwanted() {
        @Override
        public void job(String name) {
          leftover.add(name);
        }

        @Override
        public void pod(String name) {
          leftover.add("pod " + name);
        }
      };
  private boolean clockFails;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          if (clockFails) {
            throw new IllegalStateException("the clock stands");
          }
          return NOW;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  private final Following following = new Following();
  private final Waits waits = new Waits();
  private final Heard heard = new Heard();
  private final Follow follow =
      new Follow(
          following,
          new Look(following, waits, observations, unwanted, clock, Duration.ofHours(1)),
          waits,
          heard);

  @BeforeEach
  void follow() throws Exception {
    Files.createDirectories(folder().path());
    follow.add(followed(ATTEMPT, Slot.only(ATTEMPT.value()), NOW), false);
  }

  private Ground ground() {
    SharedFolder shared = new SharedFolder(root, root, new Volume.HostPath());
    return new FolderGround(KubernetesOptions.at(new Access.InCluster(), "twins", shared), shared);
  }

  private Followed followed(AttemptKey attempt, Slot slot, Instant queued) {
    return new Followed(attempt, slot, BATCH, ground(), "twins", queued, NOW);
  }

  private BundleFolder folder() {
    return BundleFolder.of(root, ATTEMPT);
  }

  private static PodView pod(String uid, Stage stage, boolean leaving, @Nullable Why why) {
    return new PodView(
        Slot.only(ATTEMPT.value()), "p-" + uid, uid, stage, leaving, "", why, NOW, "n1", null);
  }

  private void record(String... lines) throws Exception {
    Files.writeString(
        folder().record(),
        String.join("\n", lines) + "\nhost=h\nstarted=1\nended=2\nsiteId=x\n(whole)\n");
  }

  private @Nullable TaskState told() throws Exception {
    List<Observation> news =
        observations.take(List.of(new BatchHandle(BATCH, Set.of(ATTEMPT), "")), Duration.ZERO);
    return news.isEmpty() ? null : news.getLast().state();
  }

  private Outcome outcome() throws Exception {
    TaskState state = told();
    assertThat(state).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) state).result().outcome();
  }

  @Test
  void anEndIsWhatTheRecordSays() throws Exception {
    record("code=3");
    follow.seen(pod("a", Stage.OVER, false, null));
    assertThat(outcome()).isEqualTo(new Outcome.Exited(3));
  }

  @Test
  void aToolWhoseMemoryRanOutDidNotFailByItself() throws Exception {
    record("code=137");
    follow.seen(pod("a", Stage.OVER, false, new Why(FailureKind.RESOURCES, "OOMKilled: too much")));
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.RESOURCES));
  }

  @Test
  void aToolThatSucceededDidSoWhateverItsPodSays() throws Exception {
    record("code=0");
    follow.seen(pod("a", Stage.OVER, true, new Why(FailureKind.INFRASTRUCTURE, "Evicted")));
    assertThat(outcome()).isEqualTo(new Outcome.Exited(0));
  }

  @Test
  void aToolThatWasEndedWithItsPodIsLost() throws Exception {
    record("code=143");
    follow.gone(pod("a", Stage.RUNS, true, null));
    assertThat(told()).isInstanceOf(TaskState.Lost.class);
    assertThat(leftover).containsExactly(ATTEMPT.value());
  }

  /** As on a node that is drained, and is the only one. */
  @Test
  void aPodThatWaitsInPlaceOfOneThatHasRunKeepsNobodyWaiting() throws Exception {
    follow.seen(pod("a", Stage.RUNS, true, null));
    follow.seen(waiting(Slot.only(ATTEMPT.value()), "b", null));
    assertThat(told()).isInstanceOf(TaskState.Running.class);
    record("code=143");
    follow.gone(pod("a", Stage.OVER, true, null));
    assertThat(told()).isInstanceOf(TaskState.Lost.class);
    assertThat(leftover).containsExactly(ATTEMPT.value());
  }

  @Test
  void aPodThatWaitsInPlaceOfOneThatNeverRanMayRunYet() throws Exception {
    follow.seen(waiting(Slot.only(ATTEMPT.value()), "a", null));
    follow.gone(waiting(Slot.only(ATTEMPT.value()), "a", null));
    follow.seen(waiting(Slot.only(ATTEMPT.value()), "b", null));
    assertThat(told()).isInstanceOf(TaskState.Queued.class);
    follow.seen(pod("b", Stage.RUNS, false, null));
    assertThat(told()).isInstanceOf(TaskState.Running.class);
  }

  @Test
  void anEvictedPodWithoutARecordFailedForTheSitesSake() throws Exception {
    follow.seen(pod("a", Stage.OVER, false, new Why(FailureKind.INFRASTRUCTURE, "Evicted: low")));
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> {
              assertThat(f.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
              assertThat(f.reason()).contains("Evicted: low");
            });
  }

  @Test
  void aSecondPodThatEndsAtOnceSaysNothingWhileTheFirstRuns() throws Exception {
    follow.seen(pod("a", Stage.RUNS, true, null));
    assertThat(told()).isInstanceOf(TaskState.Running.class);
    follow.seen(pod("b", Stage.OVER, false, null));
    assertThat(told()).isNull();
  }

  @Test
  void anImageThatIsNowhereEndsAnAttemptThatThenNeverStarts() throws Exception {
    follow.seen(pod("a", Stage.WAITS, false, new Why(FailureKind.USER, "InvalidImageName")));
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.reason()).contains("InvalidImageName"));
    assertThat(folder().revocation()).isPresent();
    assertThat(leftover).containsExactly(ATTEMPT.value());
  }

  private static PodView waits(String words) {
    return new PodView(
        Slot.only(ATTEMPT.value()), "p-a", "a", Stage.WAITS, false, words, null, NOW, "n1", null);
  }

  @Test
  void whyAnImageCannotBePulledIsSaidAlsoWhileItsNodeOnlyBacksOff() {
    follow.seen(waits("ImagePullBackOff: Back-off pulling image"));
    assertThat(follow.waitsFor(ATTEMPT))
        .hasValueSatisfying(w -> assertThat(w).contains("Back-off"));
    follow.seen(waits("ErrImagePull: no such host"));
    follow.seen(waits("ImagePullBackOff: Back-off pulling image"));
    assertThat(follow.waitsFor(ATTEMPT))
        .hasValueSatisfying(w -> assertThat(w).contains("no such host"));
  }

  @Test
  void aQuotaIsWaitedForAndAForbiddenPodIsNot() throws Exception {
    follow.refused(ATTEMPT.value(), "pods \"x\" is forbidden: exceeded quota: small");
    assertThat(told())
        .isInstanceOfSatisfying(
            TaskState.Queued.class, q -> assertThat(q.reason()).contains("exceeded quota: small"));
    follow.refused(ATTEMPT.value(), "pods \"x\" is forbidden: no PriorityClass with name urgent");
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.reason()).contains("PriorityClass"));
  }

  /** The watches, as they should be. */
  private static final Known ALL =
      new Known() {
        @Override
        public boolean hears() {
          return true;
        }

        @Override
        public boolean hasJob(String name) {
          return true;
        }
      };

  @Test
  void whatWaitsForTooLongIsGivenUpWithWhatItWaitsFor() throws Exception {
    AttemptKey old = new AttemptKey("here", "r1", 2, 1);
    BundleFolder folder = BundleFolder.of(root, old);
    Files.createDirectories(folder.path());
    Instant before = NOW.minus(Duration.ofHours(2));
    follow.add(followed(old, Slot.only(old.value()), before), false);
    follow.seen(
        new PodView(
            Slot.only(old.value()),
            "p-o",
            "o",
            Stage.WAITS,
            false,
            "Unschedulable: no node",
            null,
            null,
            "",
            null));
    follow.tick(ALL);
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> {
              assertThat(f.kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
              assertThat(f.reason()).contains("PT1H").contains("Unschedulable: no node");
            });
    assertThat(folder.revocation()).isPresent();
    assertThat(leftover).containsExactly(old.value());
  }

  /** As a mistake of this program would. */
  @Test
  void aMistakeIsSaidAndFollowingGoesOn() throws Exception {
    told();
    record("code=0");
    clockFails = true;
    follow.seen(pod("a", Stage.OVER, false, null));
    assertThat(told()).isNull();
    assertThat(follow.waitsFor(ATTEMPT)).get().asString().contains("the clock stands");
    follow.tick(ALL);
    clockFails = false;
    heard.again();
    follow.tick(ALL);
    assertThat(outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(heard.words()).isEmpty();
  }

  @Test
  void whatItsQueueDoesNotAdmitIsGivenUpInTheQueuesWords() throws Exception {
    AttemptKey old = new AttemptKey("here", "r1", 2, 1);
    Files.createDirectories(BundleFolder.of(root, old).path());
    // It may say so before anybody follows the Job.
    follow.queued(old.value(), "Inadmissible: LocalQueue twins doesn't exist");
    follow.jobSeen(new JobView(old.value(), true, false, new BitSet()));
    follow.add(followed(old, Slot.only(old.value()), NOW.minus(Duration.ofHours(2))), false);
    assertThat(follow.waitsFor(old)).get().asString().contains("LocalQueue twins doesn't exist");
    follow.tick(ALL);
    assertThat(outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f ->
                assertThat(f.reason()).contains("PT1H").contains("LocalQueue twins doesn't exist"));
  }

  /** Of a Job of two, the other goes on. */
  private Slot second() throws Exception {
    AttemptKey other = new AttemptKey("here", "r1", 2, 1);
    AttemptKey another = new AttemptKey("here", "r1", 3, 1);
    Files.createDirectories(BundleFolder.of(root, other).path());
    Files.createDirectories(BundleFolder.of(root, another).path());
    follow.add(followed(other, new Slot("shared", 0), NOW), false);
    follow.add(followed(another, new Slot("shared", 1), NOW), false);
    told();
    return new Slot("shared", 1);
  }

  private static PodView waiting(Slot slot, String uid, @Nullable Why why) {
    return new PodView(slot, "p-" + uid, uid, Stage.WAITS, false, "", why, null, "", null);
  }

  @Test
  void ofAJobOfManyOnlyThePodsOfWhatIsGivenUpAreDeletedLaterOnesToo() throws Exception {
    Slot slot = second();
    follow.seen(waiting(slot, "a", new Why(FailureKind.USER, "InvalidImageName")));
    assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(leftover).containsExactly("pod p-a");
    follow.seen(waiting(slot, "b", null));
    assertThat(leftover).containsExactly("pod p-a", "pod p-b");
    follow.seen(waiting(new Slot("shared", 0), "c", new Why(FailureKind.USER, "InvalidImageName")));
    assertThat(leftover).containsExactly("pod p-a", "pod p-b", "shared");
  }

  @Test
  void anIndexIsOverWhenItsJobSaysSoThoughNobodySawItsPod() throws Exception {
    Slot slot = second();
    BitSet over = new BitSet();
    over.set(slot.index());
    follow.jobSeen(new JobView("shared", false, false, new BitSet()));
    follow.jobSeen(new JobView("shared", false, false, over));
    assertThat(follow.awaitingEnds()).extracting(Followed::slot).containsExactly(slot);
  }
}
