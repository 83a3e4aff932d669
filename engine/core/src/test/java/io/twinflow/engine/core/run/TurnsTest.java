package io.twinflow.engine.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  private static void nobody() {}

  @Test
  void whoIsAloneHasAll() {
    try (Turns.Seat seat = new Turns(8).enter("ada", TurnsTest::nobody)) {
      assertThat(seat.settle(0, 100)).isEqualTo(8);
      assertThat(seat.settle(8, 92)).isZero();
      assertThat(seat.settle(5, 92)).isEqualTo(3);
      assertThat(seat.settle(8, 0)).isZero();
    }
  }

  @Test
  void whatIsFreedGoesToWhoHasLess() {
    Turns turns = new Turns(8);
    AtomicInteger woken = new AtomicInteger();
    Turns.Seat large = turns.enter("ada", TurnsTest::nobody);
    Turns.Seat small = turns.enter("ada", woken::incrementAndGet);
    assertThat(large.settle(0, 1000)).isEqualTo(8);
    assertThat(small.settle(0, 2)).isZero();
    assertThat(large.settle(6, 1000)).as("two ended").isZero();
    assertThat(woken).hasValue(1);
    assertThat(small.settle(0, 2)).isEqualTo(2);
  }

  @Test
  void subjectsShareEvenlyHoweverManyRunsTheyHave() {
    Turns turns = new Turns(12);
    Turns.Seat[] many = new Turns.Seat[5];
    for (int i = 0; i < many.length; i++) {
      many[i] = turns.enter("ada", TurnsTest::nobody);
    }
    Turns.Seat one = turns.enter("grace", TurnsTest::nobody);
    int first = many[0].settle(0, 100);
    assertThat(first).isEqualTo(12);
    for (int i = 1; i < many.length; i++) {
      assertThat(many[i].settle(0, 100)).isZero();
    }
    assertThat(one.settle(0, 100)).isZero();
    assertThat(many[0].settle(0, 100)).isLessThan(3);
    assertThat(one.settle(0, 100)).isEqualTo(6);
  }

  @Test
  void whatWasSetAsideForARunThatNoLongerNeedsItIsFreeAgain() {
    Turns turns = new Turns(4);
    Turns.Seat one = turns.enter("ada", TurnsTest::nobody);
    Turns.Seat two = turns.enter("grace", TurnsTest::nobody);
    one.settle(0, 4);
    two.settle(0, 4);
    one.settle(0, 0);
    two.settle(0, 0);
    assertThat(one.settle(0, 4)).isEqualTo(4);
  }

  @Test
  void aRunThatLeavesFreesWhatItHad() {
    Turns turns = new Turns(4);
    AtomicInteger woken = new AtomicInteger();
    Turns.Seat one = turns.enter("ada", TurnsTest::nobody);
    Turns.Seat two = turns.enter("grace", woken::incrementAndGet);
    one.settle(0, 4);
    two.settle(0, 4);
    one.close();
    one.close();
    assertThat(woken).hasValue(1);
    assertThat(two.settle(0, 4)).isEqualTo(4);
  }
}
