package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static TaskResult result(Outcome outcome, @Nullable Instant started) {
    Instant now = Instant.EPOCH;
    return new TaskResult(outcome, new Usage("node", now, started, now, null, null), "1", null);
  }

  @Test
  void aSiteThatEndsAJobIsBelievedUnlessTheToolHadEnded() {
    Instant began = Instant.EPOCH;
    Outcome noImage = new Outcome.Failed(FailureKind.INFRASTRUCTURE, "no image");
    assertThat(Verdict.saysLessThan("CANCELLED", result(noImage, null))).isTrue();
    assertThat(Verdict.saysLessThan("FAILED", result(noImage, null))).isFalse();
    assertThat(Verdict.saysLessThan("CANCELLED", result(new Outcome.Exited(143), began))).isTrue();
    assertThat(Verdict.saysLessThan("CANCELLED", result(new Outcome.Exited(0), began))).isFalse();
    assertThat(Verdict.saysLessThan("COMPLETED", result(new Outcome.Exited(143), began))).isFalse();
  }
}
