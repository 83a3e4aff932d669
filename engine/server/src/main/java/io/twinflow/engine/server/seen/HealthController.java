package io.twinflow.engine.server.seen;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Health, for what starts and watches servers. Needs no token, and tells nothing about runs. */
@RestController
class HealthController {

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  /**
   * @param status {@code up} or {@code down}
   * @param checks what a ready server needs, each {@code up} or what is wrong
   */
  record Health(String status, Map<String, String> checks) {}

  /** The process answers: nothing else is asked, so a slow database kills no server. */
  @GetMapping("/health/live")
  Health live() {
    return new Health("up", Map.of());
  }

  /** 503 while runs should go to another server. */
  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<Health> ready() {
    Map<String, String> checks = readiness.checks();
    boolean ready = Readiness.isReady(checks);
    return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .header("Cache-Control", "no-store")
        .body(new Health(ready ? "up" : "down", checks));
  }
}
