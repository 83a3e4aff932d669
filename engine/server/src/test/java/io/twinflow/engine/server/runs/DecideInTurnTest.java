package io.twinflow.engine.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.dmn.Decided;
import io.twinflow.engine.dmn.DecisionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecideInTurnTest {

  private static final Decided NOTHING =
      new Decided("a", NullValue.NULL, RecordValue.EMPTY, List.of(), true);

  @Test
  void whatTakesLongOfOneKeepsNobodyElseWaiting() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    DecideInTurn.Question slow =
        () -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          begun.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          atOnce.decrementAndGet();
          return NOTHING;
        };
    try (DecideInTurn inTurn = new DecideInTurn();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Decided>> all =
          Stream.generate(() -> threads.submit(() -> inTurn.decide("ann", slow)))
              .limit(20)
              .toList();
      begun.await();
      assertThat(inTurn.decide("bob", () -> NOTHING)).isSameAs(NOTHING);
      go.countDown();
      for (Future<Decided> each : all) {
        assertThat(each.get()).isSameAs(NOTHING);
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void whatCannotBeDecidedIsToldAsItIs() {
    DecisionException cannot = new DecisionException(Position.startOf("t.dmn"), "no number");
    try (DecideInTurn inTurn = new DecideInTurn()) {
      assertThatThrownBy(() ->
              inTurn.decide(
                  "ann",
                  () -> {
                    throw cannot;
                  }))
          .isSameAs(cannot);
      assertThatThrownBy(() ->
              inTurn.decide(
                  "ann",
                  () -> {
                    throw new IllegalArgumentException("a defect");
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("broke off");
    }
  }
}
