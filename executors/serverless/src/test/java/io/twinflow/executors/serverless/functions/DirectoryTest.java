package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Steps are known by their names, wherever they stand and however often. */
class DirectoryTest {

  @Test
  void aStepIsTheLastNameOfAnAddress() {
    assertThat(Directory.step("/calibrate[17]/loop#3/simulate")).isEqualTo("simulate");
    assertThat(Directory.step("/simulate[4]")).isEqualTo("simulate");
    assertThat(Directory.step("/loop#3")).isEqualTo("loop");
    assertThat(Directory.step("main")).isEqualTo("main");
  }
}
