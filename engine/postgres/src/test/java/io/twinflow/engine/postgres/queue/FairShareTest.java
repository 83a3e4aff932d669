package io.twinflow.engine.postgres.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FairShareTest {

  @Test
  void whoIsAloneHasWhatItWants() {
    assertThat(FairShare.of(8, Map.of(1L, 5), 0)).isEqualTo(Map.of(1L, 5));
    assertThat(FairShare.of(8, Map.of(1L, 50), 0)).isEqualTo(Map.of(1L, 8));
  }

  @Test
  void whatOneDoesNotWantGoesToTheOthers() {
    assertThat(FairShare.of(8, Map.of(1L, 1, 2L, 50, 3L, 3), 0))
        .isEqualTo(Map.of(1L, 1, 2L, 4, 3L, 3));
  }

  @Test
  void whatCannotBeDividedGoesRound() {
    assertThat(FairShare.of(1, Map.of(1L, 1, 2L, 1), 0)).isEqualTo(Map.of(1L, 1));
    assertThat(FairShare.of(1, Map.of(1L, 1, 2L, 1), 1)).isEqualTo(Map.of(2L, 1));
  }
}
