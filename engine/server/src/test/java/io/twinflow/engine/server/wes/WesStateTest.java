package io.twinflow.engine.server.wes;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.executors.api.FailureKind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WesStateTest {

  @ParameterizedTest
  @CsvSource({
    "QUEUED, , QUEUED",
    "RUNNING, , RUNNING",
    "PAUSED, , PAUSED",
    "CANCELLING, , CANCELING",
    "SUCCEEDED, , COMPLETE",
    "CANCELLED, , CANCELED",
    "FAILED, , EXECUTOR_ERROR",
    "FAILED, TASK, EXECUTOR_ERROR",
    "FAILED, USER, EXECUTOR_ERROR",
    "FAILED, CANCELLED, EXECUTOR_ERROR",
    "FAILED, RESOURCES, SYSTEM_ERROR",
    "FAILED, INFRASTRUCTURE, SYSTEM_ERROR",
    "FAILED, INTERNAL, SYSTEM_ERROR",
  })
  void everyStateHasItsWord(PublicState state, FailureKind kind, WesState word) {
    Optional<Failure> failure =
        Optional.ofNullable(kind).map(of -> new Failure(of, "some.code", "something"));
    assertThat(WesState.of(state, failure)).isEqualTo(word);
  }
}
