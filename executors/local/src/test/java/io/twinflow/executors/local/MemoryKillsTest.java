package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class MemoryKillsTest {

  private long count = 7;
  private long looks;
  private long nanos;
  private final MemoryKills kills =
      new MemoryKills(
          () -> {
            looks++;
            return count;
          },
          () -> nanos);

  @Test
  void eachOfTwoThatRanAtTheTimeIsTold() {
    BooleanSupplier one = kills.fromNow();
    BooleanSupplier other = kills.fromNow();
    assertThat(one.getAsBoolean()).isFalse();
    count++;
    assertThat(one.getAsBoolean()).isTrue();
    assertThat(other.getAsBoolean()).isTrue();
  }

  @Test
  void whatWasKilledLongBeforeIsNobodysAffair() {
    kills.fromNow();
    count++;
    nanos += TimeUnit.SECONDS.toNanos(2);
    assertThat(kills.fromNow().getAsBoolean()).isFalse();
  }

  @Test
  void manyThatBeginTogetherCostOneLook() {
    for (int i = 0; i < 1_000; i++) {
      kills.fromNow();
    }
    assertThat(looks).isEqualTo(1);
  }
}
