package io.twinflow.engine.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void writesDurationsAsPeopleReadThem() {
    assertThat(Words.duration(Duration.ofMillis(420))).isEqualTo("0.42 s");
    assertThat(Words.duration(Duration.ofMillis(9_996))).isEqualTo("10.0 s");
    assertThat(Words.duration(Duration.ofMillis(59_960))).isEqualTo("1 min 00 s");
    assertThat(Words.duration(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
    assertThat(Words.duration(Duration.ofMinutes(62))).isEqualTo("1 h 02 min");
    assertThat(Words.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
  }

  @Test
  void writesSizesInDecimalUnits() {
    assertThat(Words.bytes(999)).isEqualTo("999 B");
    assertThat(Words.bytes(1_234_000)).isEqualTo("1.2 MB");
    assertThat(Words.bytes(999_600)).isEqualTo("1.0 MB");
  }

  @Test
  void cutsTheMiddleOfLongNames() {
    assertThat(Words.fit("abcdefghij", 5)).isEqualTo("ab…ij");
    assertThat(Words.fit("abc", 5)).isEqualTo("abc");
    assertThat(Words.fit("abc", 0)).isEmpty();
  }

  @Test
  void letsNoControlCharacterThrough() {
    assertThat(Words.harmless("a\u001b[31mb\u0007\n\tc")).isEqualTo("a?[31mb?\n\tc");
  }
}
