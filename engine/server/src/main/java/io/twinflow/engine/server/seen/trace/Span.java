package io.twinflow.engine.server.seen.trace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace (OpenTelemetry, "Trace API").
 *
 * @param parent the id of the span it is part of; null for the root
 * @param attributes texts and whole numbers
 * @param problem why it failed; null if it did not
 */
record Span(
    String id,
    @Nullable String parent,
    Kind kind,
    String name,
    Instant start,
    Instant end,
    Map<String, Object> attributes,
    @Nullable String problem) {

  Span {
    attributes = new LinkedHashMap<>(attributes);
    end = end.isBefore(start) ? start : end;
  }

  /** With the numbers of OTLP. */
  enum Kind {
    INTERNAL(1),
    SERVER(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
