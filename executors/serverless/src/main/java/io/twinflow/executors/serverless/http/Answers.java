package io.twinflow.executors.serverless.http;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What answers say beside their status. */
public final class Answers {

  private static final int LONGEST = 500;

  private Answers() {}

  /** The server's own words, on one line and not endless. */
  public static String words(HttpResponse<String> answer) {
    String line = answer.body().strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "HTTP %d and no reason".formatted(answer.statusCode());
    }
    String shown = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    return "HTTP %d: %s".formatted(answer.statusCode(), shown);
  }

  /**
   * Of {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3); zero if it does not say. A date
   * is compared with the one that the answer bears, so that the clocks may differ.
   */
  public static Duration retryAfter(HttpResponse<String> answer, Instant now) {
    return retryAfter(
        answer.headers().firstValue("Retry-After").orElse("").strip(),
        date(answer.headers().firstValue("Date").orElse("").strip()).orElse(now));
  }

  static Duration retryAfter(String value, Instant said) {
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    return date(value)
        .filter(date -> date.isAfter(said))
        .map(date -> Duration.between(said, date))
        .orElse(Duration.ZERO);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
