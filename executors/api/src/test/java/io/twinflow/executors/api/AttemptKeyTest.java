package io.twinflow.executors.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttemptKeyTest {

  @Test
  void twoAttemptsOfOneTaskHaveDifferentLabels() {
    String first = new AttemptKey("lab", "r1", 17, 1).value();
    String second = new AttemptKey("lab", "r1", 17, 2).value();

    assertThat(first).isNotEqualTo(second).isEqualTo("tf-lab-r1-17-1");
  }

  @Test
  void aLabelOf63CharactersIsTakenAndOneOf64IsRefused() {
    String run = "r".repeat(63 - "tf-lab--1-1".length());

    assertThat(new AttemptKey("lab", run, 1, 1).value()).hasSize(63);
    assertThatThrownBy(() -> new AttemptKey("lab", run + "r", 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 63 characters")
        .hasMessageContaining("lab");
  }

  @Test
  void aRunThatIsNoLabelIsRefusedWithTheNames() {
    assertThatThrownBy(() -> new BatchKey("lab", "Run_1", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Run_1'");
  }

  @Test
  void aBatchAndAnAttemptOfOneRunNeverShareALabel() {
    assertThat(new BatchKey("lab", "r1", 1).value())
        .isNotEqualTo(new AttemptKey("lab", "r1", 1, 1).value());
  }
}
