package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeighboursTest {

  private final Neighbours<String> neighbours = new Neighbours<>();

  @Test
  void whoRunsAloneHasNone() {
    neighbours.starts("first");
    neighbours.ends("first");
    neighbours.starts("second");
    assertThat(neighbours.had("second")).isFalse();
  }

  @Test
  void whoEndsSoonerHasBeenOneForWhoStays() {
    neighbours.starts("first");
    neighbours.starts("second");
    neighbours.ends("second");
    assertThat(neighbours.had("first")).isTrue();
    neighbours.ends("first");
    assertThat(neighbours.had("first")).isFalse();
  }
}
