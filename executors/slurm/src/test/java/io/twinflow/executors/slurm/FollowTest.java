package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.ResultRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fault of our own ends no following: it is told, and asked again. */
@Timeout(60)
class FollowTest {

  private static final BatchKey BATCH = new BatchKey("site", "r1", 1);

  @TempDir private Path root;
  private final Following following = new Following();
  private final Observations observations = new Observations();

  private Followed followed(int index) {
    AttemptKey key = new AttemptKey("site", "r1", index, 1);
    return new Followed(key, BATCH, "c/0", index, 12, true, Instant.EPOCH);
  }

  private Look look(Consumer<Followed> leftover) {
    return new Look(
        FolderGround.of("slurm", root, null),
        following,
        new Forgotten(new History(null, SlurmOptions.History.NONE)),
        new Verdict(new ErrorsLog(Ledger.of(root)), Clock.systemUTC()),
        leftover,
        observations,
        Clock.systemUTC());
  }

  private static Job waits(int index) {
    return new Job(12, "c/0", true, index, "PENDING", "Priority", "", null, null);
  }

  private static BatchHandle handle(Followed... all) {
    Set<AttemptKey> attempts = new HashSet<>();
    for (Followed one : all) {
      attempts.add(one.attempt());
    }
    return new BatchHandle(BATCH, attempts, "12");
  }

  @Test
  void anAnswerThatNobodyCanReadIsTheReasonForWaitingAndIsAskedForAgain() throws Exception {
    CountDownLatch asserted = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(2);
    AtomicInteger calls = new AtomicInteger();
    Followed one = followed(1);
    Follow.Jobs jobs =
        () -> {
          asked.countDown();
          if (calls.getAndIncrement() == 0) {
            throw new IllegalStateException("a number that is none");
          }
          try {
            asserted.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new JobList(List.of(waits(1)));
        };
    try (Follow follow =
        new Follow("hpc", jobs, following, look(_ -> {}), observations, Duration.ofMillis(1))) {
      follow.add(List.of(one));
      asked.await();
      assertThat(follow.waitsFor(one.attempt()))
          .hasValueSatisfying(
              why -> assertThat(why).contains("defect of Twinflow", "a number that is none"));
      assertThatThrownBy(follow::throwTrouble)
          .isInstanceOfSatisfying(
              SiteException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INFRASTRUCTURE));
      asserted.countDown();
      List<Observation> news = new ArrayList<>();
      while (news.isEmpty()) {
        news.addAll(observations.take(List.of(handle(one)), Duration.ofSeconds(1)));
      }
      assertThat(news.getFirst().state())
          .isEqualTo(new TaskState.Queued("waits at Slurm: Priority"));
      assertThat(follow.waitsFor(one.attempt())).contains("waits at Slurm: Priority");
    }
  }

  @Test
  void oneAttemptThatCannotBeLookedAtKeepsNoOtherBack() throws Exception {
    Followed odd = followed(1);
    Followed well = followed(2);
    following.add(List.of(odd, well));
    for (Followed one : List.of(odd, well)) {
      ResultRecord.writeFailure(
          BundleFolder.of(root, one.attempt()),
          new AttemptFailure(FailureKind.USER, "no image"),
          Instant.EPOCH);
    }
    Look look =
        look(one -> {
          if (one.equals(odd)) {
            throw new IllegalStateException("odd");
          }
        });
    look.at(List.of(odd, well), new JobList(List.of(waits(1), waits(2))));
    assertThat(observations.take(List.of(handle(odd, well)), Duration.ZERO))
        .extracting(Observation::attempt)
        .contains(well.attempt());
  }

  @Test
  void whyAnAttemptCannotBeLookedAtIsToldUntilItCan() {
    Followed odd = followed(1);
    following.add(List.of(odd));
    following.isDefective(odd, "by a defect of Twinflow: odd");
    assertThat(following.waitsFor(odd.attempt(), "")).contains("by a defect of Twinflow: odd");
    following.isWell(odd);
    assertThat(following.waitsFor(odd.attempt(), "")).isEmpty();
  }
}
