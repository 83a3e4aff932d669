package io.twinflow.engine.core.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.turns.SlotLimits.Kind;
import io.twinflow.engine.core.turns.SlotLimits.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TurnsTest {

  private static void nobody() {}

  private static Turns turns(int slots) {
    return new Turns(java.util.Map.of("here", slots));
  }

  private static Seat enter(Turns turns, String subject, Runnable wake) {
    return enter(turns, subject, "flood", 0, wake);
  }

  private static Seat enter(
      Turns turns, String subject, String workflow, int priority, Runnable wake) {
    return turns.enter(
        new Claimant(new RunId("20261120-093012-k3x9qa"), "here", subject, workflow, priority),
        wake);
  }

  private static SlotLimits limit(Kind kind, String name, int most) {
    return (asked, of) -> asked == kind && of.equals(name) ? new Quota(most, most) : Quota.NONE;
  }

  @Test
  void whoIsAloneHasAll() {
    try (Seat seat = enter(turns(8), "ada", TurnsTest::nobody)) {
      assertThat(seat.settle(0, 100)).isEqualTo(8);
      assertThat(seat.settle(8, 92)).isZero();
      assertThat(seat.settle(5, 92)).isEqualTo(3);
      assertThat(seat.settle(8, 0)).isZero();
    }
  }

  @Test
  void whatIsFreedGoesToWhoHasLess() {
    Turns turns = turns(8);
    AtomicInteger woken = new AtomicInteger();
    Seat large = enter(turns, "ada", TurnsTest::nobody);
    Seat small = enter(turns, "ada", woken::incrementAndGet);
    assertThat(large.settle(0, 1000)).isEqualTo(8);
    assertThat(small.settle(0, 2)).isZero();
    assertThat(large.settle(6, 1000)).as("two ended").isZero();
    assertThat(woken).hasValue(1);
    assertThat(small.settle(0, 2)).isEqualTo(2);
  }

  @Test
  void subjectsShareEvenlyHoweverManyRunsTheyHave() {
    Turns turns = turns(12);
    Seat[] many = new Seat[5];
    for (int i = 0; i < many.length; i++) {
      many[i] = enter(turns, "ada", TurnsTest::nobody);
    }
    Seat one = enter(turns, "grace", TurnsTest::nobody);
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
    Turns turns = turns(4);
    Seat one = enter(turns, "ada", TurnsTest::nobody);
    Seat two = enter(turns, "grace", TurnsTest::nobody);
    one.settle(0, 4);
    two.settle(0, 4);
    one.settle(0, 0);
    two.settle(0, 0);
    assertThat(one.settle(0, 4)).isEqualTo(4);
  }

  @Test
  void aRunThatLeavesFreesWhatItHad() {
    Turns turns = turns(4);
    AtomicInteger woken = new AtomicInteger();
    Seat one = enter(turns, "ada", TurnsTest::nobody);
    Seat two = enter(turns, "grace", woken::incrementAndGet);
    one.settle(0, 4);
    two.settle(0, 4);
    one.close();
    one.close();
    assertThat(woken).hasValue(1);
    assertThat(two.settle(0, 4)).isEqualTo(4);
  }

  @Test
  void theHigherPriorityOfASubjectGoesFirstButStarvesNoLowerOne() {
    Turns turns = turns(1);
    Seat low = enter(turns, "ada", "flood", -100, TurnsTest::nobody);
    Seat high = enter(turns, "ada", "flood", 100, TurnsTest::nobody);
    assertThat(low.settle(0, 1_000)).isEqualTo(1);
    assertThat(high.settle(0, 1_000)).isZero();
    Seat holder = low;
    StringBuilder order = new StringBuilder();
    for (int ended = 0; ended < 27; ended++) {
      if (holder.settle(0, 1_000) == 0) {
        holder = holder == low ? high : low;
        assertThat(holder.settle(0, 1_000)).isEqualTo(1);
      }
      order.append(holder == high ? 'h' : 'l');
    }
    assertThat(order.toString()).contains("hhhhhhhh").doesNotContain("hhhhhhhhhh", "ll");
  }

  @Test
  void prioritiesOfOneSubjectTakeNothingFromAnother() {
    Turns turns = turns(8);
    Seat urgent = enter(turns, "ada", "flood", 100, TurnsTest::nobody);
    Seat other = enter(turns, "grace", "flood", -100, TurnsTest::nobody);
    assertThat(urgent.settle(0, 100)).isEqualTo(8);
    assertThat(other.settle(0, 100)).isZero();
    assertThat(urgent.settle(0, 100)).isEqualTo(4);
    assertThat(other.settle(0, 100)).isEqualTo(4);
  }

  @Test
  void noSubjectHasMoreThanItsLimitAndTheReasonIsTold() {
    Turns turns = turns(8);
    turns.limit(limit(Kind.SUBJECT, "ada", 3));
    Seat ada = enter(turns, "ada", TurnsTest::nobody);
    Seat grace = enter(turns, "grace", TurnsTest::nobody);
    assertThat(ada.settle(0, 10)).isEqualTo(3);
    assertThat(ada.settle(3, 7)).isZero();
    assertThat(grace.settle(0, 10)).isEqualTo(5);
    assertThat(turns.waiting())
        .extracting(WaitingRun::code, WaitingRun::tasks, WaitingRun::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "limit.subject", 7, "limit of the subject ada: 3 tasks at once"),
            org.assertj.core.groups.Tuple.tuple(
                "site.busy", 5, "site here is busy: 8 of its 8 slots are taken"));
  }

  @Test
  void aWorkflowsLimitHoldsOverAllSubjectsAndKeepsNobodyElseBack() {
    Turns turns = turns(8);
    turns.limit(limit(Kind.WORKFLOW, "flood", 2));
    Seat ada = enter(turns, "ada", TurnsTest::nobody);
    Seat grace = enter(turns, "grace", TurnsTest::nobody);
    Seat drought = enter(turns, "ada", "drought", -1, TurnsTest::nobody);
    assertThat(ada.settle(0, 10)).isEqualTo(2);
    assertThat(grace.settle(0, 10)).isZero();
    assertThat(drought.settle(0, 10)).isEqualTo(6);
    assertThat(turns.waiting())
        .extracting(WaitingRun::code)
        .containsExactly("limit.workflow", "limit.workflow", "site.busy");
  }

  @Test
  void aLimitThatIsRaisedWakesWhoWaitedForIt() {
    Turns turns = turns(8);
    turns.limit(limit(Kind.SITE, "here", 1));
    AtomicInteger woken = new AtomicInteger();
    Seat ada = enter(turns, "ada", woken::incrementAndGet);
    assertThat(ada.settle(0, 10)).isEqualTo(1);
    assertThat(turns.waiting().getFirst().code()).isEqualTo("limit.site");
    turns.limit(limit(Kind.SITE, "here", 4));
    assertThat(woken).hasValue(1);
    assertThat(ada.settle(1, 9)).isEqualTo(3);
    turns.limit(limit(Kind.SITE, "here", 2));
    assertThat(ada.settle(4, 6)).isZero();
    assertThat(ada.settle(2, 6)).isZero();
    assertThat(ada.settle(1, 6)).isEqualTo(1);
  }

  @Test
  void neverMoreThanTheSlotsNorTheLimitsWhateverIsAsked() {
    Random random = new Random(7);
    Turns turns = turns(20);
    SlotLimits limits =
        (kind, name) ->
            switch (kind) {
              case SITE -> Quota.NONE;
              case SUBJECT -> name.equals("s1") ? new Quota(5, 5) : Quota.NONE;
              case WORKFLOW -> name.equals("w1") ? new Quota(4, 4) : Quota.NONE;
            };
    turns.limit(limits);
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      seats.add(enter(turns, "s" + i % 4, "w" + i % 3, i % 5 - 2, TurnsTest::nobody));
    }
    int[] has = new int[seats.size()];
    for (int step = 0; step < 5_000; step++) {
      int i = random.nextInt(has.length);
      has[i] -= has[i] == 0 ? 0 : random.nextInt(has[i] + 1);
      has[i] += seats.get(i).settle(has[i], random.nextInt(10));
      int all = 0;
      int subject = 0;
      int workflow = 0;
      for (int seat = 0; seat < has.length; seat++) {
        all += has[seat];
        subject += seat % 4 == 1 ? has[seat] : 0;
        workflow += seat % 3 == 1 ? has[seat] : 0;
      }
      assertThat(all).isLessThanOrEqualTo(20);
      assertThat(subject).isLessThanOrEqualTo(5);
      assertThat(workflow).isLessThanOrEqualTo(4);
    }
    seats.forEach(Seat::close);
    assertThat(turns.use()).isEmpty();
    assertThat(enter(turns, "s2", TurnsTest::nobody).settle(0, 100)).isEqualTo(20);
  }

  @Test
  void aSlotDoesNotCostALookAtEveryRun() {
    Turns turns = turns(1);
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Seat seat = enter(turns, "ada", TurnsTest::nobody);
      seat.settle(0, 10);
      seats.add(seat);
    }
    assertThat(turns.waiting()).hasSize(20_000);
    seats.forEach(Seat::close);
    assertThat(turns.waiting()).isEmpty();
  }
}
