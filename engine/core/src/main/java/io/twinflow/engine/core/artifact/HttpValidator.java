package io.twinflow.engine.core.artifact;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * By what a server recognises the content that it sent (RFC 9110, section 8.8). Weak ones are none:
 * they do not promise the same bytes.
 *
 * @param header of the conditional request
 */
record HttpValidator(String header, String value) {

  private static final Duration SURELY_OVER = Duration.ofSeconds(1);

  static Optional<HttpValidator> of(HttpHeaders headers) {
    Optional<HttpValidator> tag =
        headers
            .firstValue("ETag")
            .filter(value -> value.startsWith("\""))
            .map(value -> new HttpValidator("If-None-Match", value));
    return tag.isPresent() ? tag : byDate(headers);
  }

  /** A time in seconds says nothing of content that may still change within the same second. */
  private static Optional<HttpValidator> byDate(HttpHeaders headers) {
    String modified = headers.firstValue("Last-Modified").orElse("");
    Optional<Instant> then = time(modified);
    Optional<Instant> sent = headers.firstValue("Date").flatMap(HttpValidator::time);
    return then.isPresent() && sent.isPresent() && !then.get().plus(SURELY_OVER).isAfter(sent.get())
        ? Optional.of(new HttpValidator("If-Modified-Since", modified))
        : Optional.empty();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
