package io.twinflow.triggers.source.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ArrivalsTest {

  private static final int MEBI = 1 << 20;

  @Test
  void givesWhatIsThereInItsOrderUpToABound() throws Exception {
    Arrivals<String> arrivals = new Arrivals<>(2, String::length);
    Thread third =
        Thread.startVirtualThread(() -> {
          try {
            arrivals.deliver("1");
            arrivals.deliver("2");
            arrivals.deliver("3");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    while (third.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(arrivals.batch(Duration.ofSeconds(20))).containsExactly("1", "2");
    assertThat(arrivals.batch(Duration.ofSeconds(20))).containsExactly("3");
    assertThat(arrivals.batch(Duration.ZERO)).isEmpty();
  }

  @Test
  void aBatchOfLargeOnesIsShorterAndOneThatIsTooLargeGoesAlone() throws Exception {
    Arrivals<Integer> arrivals = new Arrivals<>(10, size -> size * MEBI);
    for (int size : List.of(20, 4, 4, 1)) {
      arrivals.deliver(size);
    }
    assertThat(arrivals.batch(Duration.ZERO)).containsExactly(20);
    assertThat(arrivals.batch(Duration.ZERO)).containsExactly(4, 4);
    assertThat(arrivals.batch(Duration.ZERO)).containsExactly(1);
  }

  @Test
  void whatWaitedWhenTheConnectionWasLostIsNotGiven() throws Exception {
    Arrivals<String> arrivals = new Arrivals<>(10, String::length);
    arrivals.deliver("1");
    arrivals.lose(new Trouble("gone", ""));
    arrivals.lose(new Trouble("closed", ""));
    arrivals.deliver("2");
    assertThatThrownBy(() -> arrivals.batch(Duration.ZERO)).hasMessage("gone");
    assertThatThrownBy(arrivals::check).hasMessage("gone");
  }
}
