package io.twinflow.engine.server.boot;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is told to the programs that watch a server.
 *
 * @param collector where traces go, by OTLP over HTTP: the address without {@code /v1/traces}
 */
public record Seeing(LogFormat logs, Optional<URI> collector) {

  static final Seeing NOTHING = new Seeing(LogFormat.text, Optional.empty());

  private static final String VARIABLE = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** What was given, or what the environment says to all programs that know OpenTelemetry. */
  static Optional<URI> collector(@Nullable URI given) {
    if (given != null) {
      return Optional.of(given);
    }
    String everywhere = System.getenv(VARIABLE);
    return everywhere == null || everywhere.isBlank()
        ? Optional.empty()
        : Optional.of(URI.create(everywhere.strip()));
  }

  /** For Spring's logging, which begins before there are beans. */
  public String[] properties() {
    return switch (logs) {
      case text -> new String[0];
      case json -> new String[] {"logging.structured.format.console=logstash"};
    };
  }
}
