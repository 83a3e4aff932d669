package io.twinflow.executors.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

  @Test
  void readsALineOfProcWhateverTheProgramIsCalled() {
    ProcessStat stat =
        ProcessStat.parse(
            42,
            "42 (a) b) R) S 7 42 43 0 -1 4194560 90 0 0 0 1 2 3 4 20 0 1 0 987654 1000 2 18446744073709551615 1");
    assertThat(stat).isEqualTo(new ProcessStat(42, 'S', 7, 42, 43, "987654"));
    assertThat(stat.alive()).isTrue();
  }

  @Test
  void aZombieIsNotAlive() {
    assertThat(new ProcessStat(1, 'Z', 0, 0, 0, "1").alive()).isFalse();
  }
}
