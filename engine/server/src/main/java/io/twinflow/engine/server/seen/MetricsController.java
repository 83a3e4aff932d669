package io.twinflow.engine.server.seen;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Metrics in Prometheus' text format. A token is needed, of any kind: a scraper has one of its own,
 * and behind a proxy on this machine every caller would come from loopback.
 */
@RestController
class MetricsController {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsController(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @GetMapping("/metrics")
  ResponseEntity<byte[]> metrics() {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, TEXT)
        .body(registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8));
  }
}
