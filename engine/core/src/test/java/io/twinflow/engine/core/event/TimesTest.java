package io.twinflow.engine.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimesTest {

  @Test
  void readsEveryTimeAsItWasWritten() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long nanos = random.nextInt(1_000_000_000);
      long digits = (long) Math.pow(10, random.nextInt(10));
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 300_000_000_000L), nanos / digits * digits);
      assertThat(Times.instant(time.toString())).isEqualTo(time);
    }
    for (Instant time : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH)) {
      assertThat(Times.instant(time.toString())).isEqualTo(time);
    }
  }

  @Test
  void readsEveryDurationAsItWasWritten() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(64));
      assertThat(Times.duration(duration.toString())).isEqualTo(duration);
    }
  }

  @Test
  void refusesWhatIsNoTime() {
    for (String text :
        List.of(
            "",
            "Z",
            "2026-11-20",
            "2026-13-20T09:30:12Z",
            "2026-02-30T09:30:12Z",
            "2026-11-20T09:60:12Z",
            "2026-11-20T25:30:12Z",
            "2026-11-20T09:30:1xZ",
            "2026-11-20T09:30:12.1234567891Z")) {
      assertThatThrownBy(() -> Times.instant(text)).as(text).isInstanceOf(DateTimeException.class);
    }
    for (String text : List.of("", "PT", "PTS", "PT.S", "PTxS", "PT1.2345678912S")) {
      assertThatThrownBy(() -> Times.duration(text)).as(text).isInstanceOf(DateTimeException.class);
    }
  }
}
