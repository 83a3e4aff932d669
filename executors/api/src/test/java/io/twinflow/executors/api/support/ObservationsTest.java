package io.twinflow.executors.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ObservationsTest {

  private static final String RUN = "20261120-093000-aaaaaa";
  private static final Duration LONG = Duration.ofDays(1);

  private final Observations observations = new Observations();
  private final BatchHandle quiet = batch(1);
  private final BatchHandle later = batch(2);

  private static BatchHandle batch(int number) {
    return new BatchHandle(
        new BatchKey("home1", RUN, number), Set.of(new AttemptKey("home1", RUN, number, 1)), "");
  }

  @Test
  void aWaitEndsWhenThereIsMoreToWaitFor() throws Exception {
    AttemptKey attempt = later.attempts().iterator().next();
    observations.tell(later.key(), attempt, new TaskState.Lost("gone"));
    observations.lookAgain();

    assertThat(observations.take(List.of(quiet), LONG)).isEmpty();
    assertThat(observations.take(List.of(quiet, later), LONG))
        .containsExactly(new Observation(attempt, new TaskState.Lost("gone")));
  }
}
