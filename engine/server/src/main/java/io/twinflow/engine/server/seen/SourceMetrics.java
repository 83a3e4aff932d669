package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.triggers.source.ConfiguredSource;
import org.springframework.stereotype.Component;

/** How far the sources that this server receives are behind their brokers. */
@Component
final class SourceMetrics {

  SourceMetrics(ReceiveEvents receive, MeterRegistry registry) {
    for (ConfiguredSource source : receive.all()) {
      Gauge.builder("twinflow.source.lag", () -> lag(receive, source))
          .description("Messages that its broker has for a source and has not given yet")
          .tag("source", source.name())
          .register(registry);
    }
  }

  /** Not a number where this server does not receive it, or the broker does not say. */
  private static double lag(ReceiveEvents receive, ConfiguredSource source) {
    Long lag = receive.isReceiving() ? source.source().state().lag() : null;
    return lag == null ? Double.NaN : lag;
  }
}
