package io.twinflow.executors.serverless.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final Instant SAID = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aSiteSaysWhenInSecondsOrByItsOwnClock() {
    assertThat(Answers.retryAfter("90", SAID)).isEqualTo(Duration.ofSeconds(90));
    assertThat(Answers.retryAfter("Sun, 01 Mar 2026 12:00:30 GMT", SAID))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(Answers.retryAfter("Sun, 01 Mar 2026 11:59:00 GMT", SAID)).isZero();
    assertThat(Answers.retryAfter("soon", SAID)).isZero();
    assertThat(Answers.retryAfter("", SAID)).isZero();
  }
}
