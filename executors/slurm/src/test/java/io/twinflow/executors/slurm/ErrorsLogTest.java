package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsLogTest {

  @TempDir private Path root;

  private Followed followed() {
    AttemptKey key = new AttemptKey("site", "r1", 1, 1);
    return new Followed(key, new BatchKey("site", "r1", 1), "c/0", 3, 12, true, Instant.EPOCH);
  }

  @Test
  void theLastThingThatSlurmSaidStandsInTheMessage() throws Exception {
    Path errors = BatchFolder.of(root, followed().batch()).errors();
    Files.createDirectories(errors.resolveSibling("."));
    Files.writeString(
        errors, "x".repeat(5_000) + "\nslurmstepd: error: *** JOB 15 DUE TO TIME LIMIT ***\n\n");
    TaskState end =
        new Verdict(new ErrorsLog(Ledger.of(root)), Clock.systemUTC())
            .withoutResult(followed(), new JobEnd("TIMEOUT", null));
    assertThat(end)
        .isInstanceOfSatisfying(
            TaskState.Ended.class,
            ended ->
                assertThat(ended.result().outcome())
                    .isEqualTo(
                        new Outcome.Failed(
                            FailureKind.RESOURCES,
                            "Slurm job 12_3 ended as TIMEOUT; its batch's errors end:"
                                + " slurmstepd: error: *** JOB 15 DUE TO TIME LIMIT ***")));
  }

  @Test
  void whereNobodySaidAnythingTheMessageIsEnough() {
    TaskState end =
        new Verdict(new ErrorsLog(Ledger.of(root)), Clock.systemUTC())
            .withoutResult(followed(), JobEnd.UNKNOWN);
    assertThat(end)
        .isEqualTo(
            new TaskState.Lost("Slurm job 12_3 is not known to Slurm any more and left no result"));
  }
}
