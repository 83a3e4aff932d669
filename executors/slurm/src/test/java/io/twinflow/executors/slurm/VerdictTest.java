package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import io.twinflow.executors.api.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {

  private static final Instant BEGAN = Instant.EPOCH;

  @TempDir private Path root;

  private static TaskResult result(Outcome outcome, @Nullable Instant started) {
    Instant now = Instant.EPOCH;
    return new TaskResult(outcome, new Usage("node", now, started, now, null, null), "1", null);
  }

  private static TaskResult exited(int code) {
    return result(new Outcome.Exited(code), BEGAN);
  }

  private static boolean isWholeTruth(String state, TaskResult result) {
    return Verdict.isWholeTruth(new JobEnd(state, 60), result);
  }

  private Followed followed(boolean array) {
    AttemptKey key = new AttemptKey("site", "r1", 1, 1);
    return new Followed(key, new BatchKey("site", "r1", 1), "c/0", 3, 12, array, Instant.EPOCH);
  }

  private TaskState ofForgotten(JobEnd end, boolean array) {
    return new Verdict(new ErrorsLog(Ledger.of(root)), Clock.systemUTC())
        .ofForgotten(followed(array), end, Optional.of(exited(143)));
  }

  private static @Nullable Shortage shortage(TaskState state) {
    return ((Outcome.Failed) ((TaskState.Ended) state).result().outcome()).shortage();
  }

  @Test
  void aSiteThatEndsAJobIsBelievedUnlessTheToolHadEnded() {
    Outcome noImage = new Outcome.Failed(FailureKind.INFRASTRUCTURE, "no image");
    assertThat(isWholeTruth("CANCELLED", result(noImage, null))).isFalse();
    assertThat(isWholeTruth("FAILED", result(noImage, null))).isTrue();
    assertThat(isWholeTruth("CANCELLED", exited(143))).isFalse();
    assertThat(isWholeTruth("CANCELLED", exited(0))).isTrue();
    assertThat(isWholeTruth("COMPLETED", exited(143))).isTrue();
  }

  @Test
  void aToolThatLostAProcessForItsMemoryHasFailedForThat() {
    assertThat(isWholeTruth("OUT_OF_MEMORY", exited(1))).isFalse();
    assertThat(isWholeTruth("OUT_OF_MEMORY", exited(137))).isFalse();
    assertThat(isWholeTruth("OUT_OF_MEMORY", exited(0))).isTrue();
  }

  @Test
  void aToolThatWasStoppedSaysNothingUntilSomebodySaysByWhom() {
    for (int code : new int[] {137, 143}) {
      assertThat(Verdict.isWholeTruth(JobEnd.UNKNOWN, exited(code))).isFalse();
    }
    assertThat(Verdict.isWholeTruth(JobEnd.UNKNOWN, exited(1))).isTrue();
  }

  @Test
  void whatTheHistorySaysOfAForgottenJobCounts() {
    TaskState timeout = ofForgotten(new JobEnd("TIMEOUT", 90), true);
    assertThat(shortage(timeout)).isEqualTo(new Shortage.Time(Duration.ofMinutes(90)));
    TaskState memory = ofForgotten(new JobEnd("OUT_OF_MEMORY", null), true);
    assertThat(shortage(memory)).isEqualTo(new Shortage.Memory());
    assertThat(ofForgotten(new JobEnd("COMPLETED", null), true))
        .isEqualTo(new TaskState.Ended(exited(143)));
    assertThat(ofForgotten(new JobEnd("PREEMPTED", null), true)).isInstanceOf(TaskState.Lost.class);
  }

  /** Better one attempt more than a failure that is nobody's. */
  @Test
  void whereNobodyRemembersAStoppedToolIsLostAndNotFailed() {
    assertThat(ofForgotten(JobEnd.UNKNOWN, true))
        .isInstanceOfSatisfying(
            TaskState.Lost.class,
            lost ->
                assertThat(lost.reason())
                    .contains("12_3 is not known to Slurm any more", "exit code 143", "nobody"));
  }

  private void nodeSaid(String words) throws IOException {
    Path errors = BatchFolder.of(root, followed(false).batch()).errors();
    Files.createDirectories(errors.resolveSibling("."));
    Files.writeString(errors, words);
  }

  @Test
  void aNodeThatLooksAtMemoryItselfSaysSoInItsWordsAlone() throws Exception {
    nodeSaid(
        """
        slurmstepd-n1: error: StepId=12.batch exceeded memory limit (155607040 > 67108864), being killed
        slurmstepd-n1: error: Exceeded job memory limit
        slurmstepd-n1: error: *** JOB 12 ON n1 CANCELLED AT 2026-11-20T10:00:00 ***
        """);
    TaskState end =
        new Verdict(new ErrorsLog(Ledger.of(root)), Clock.systemUTC())
            .withoutResult(followed(false), new JobEnd("FAILED", null));
    assertThat(shortage(end)).isEqualTo(new Shortage.Memory());
  }

  @Test
  void whatTheNodeWroteWhenItEndedAJobIsItsSitesWordToo() throws Exception {
    nodeSaid(
        """
        slurmstepd: error: *** JOB 7 ON n1 CANCELLED AT 2026-11-20T10:00:00 DUE TO PREEMPTION ***
        slurmstepd: error: *** JOB 12 ON n1 CANCELLED AT 2026-11-20T10:00:01 DUE TO TIME LIMIT ***
        """);
    assertThat(ofForgotten(JobEnd.UNKNOWN, false))
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            end -> assertThat(end.result().outcome().toString()).contains("RESOURCES", "TIMEOUT"));
    assertThat(ofForgotten(JobEnd.UNKNOWN, true)).isInstanceOf(TaskState.Lost.class);
  }
}
