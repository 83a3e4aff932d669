package io.twinflow.engine.server.sites;

import io.twinflow.engine.server.chores.Chore;
import io.twinflow.executors.bundle.remote.UnusedInputs;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Removes copies of inputs that were made for sites and that no attempt needs any more. */
@Component
final class SweepSiteInputs extends Chore {

  private static final Logger LOG = System.getLogger(SweepSiteInputs.class.getName());

  private static final Duration INTERVAL = Duration.ofHours(6);

  private final SiteExchange exchange;

  SweepSiteInputs(SiteExchange exchange) {
    super("sweep-site-inputs", INTERVAL);
    this.exchange = exchange;
  }

  @Override
  protected void once() {
    if (exchange.exchange().isEmpty()) {
      return;
    }
    try {
      int deleted = new UnusedInputs(exchange.exchange().get().place()).delete(Instant.now());
      if (deleted > 0) {
        LOG.log(Level.INFO, "{0} inputs of sites were removed from the store", deleted);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "inputs of sites cannot be looked for: {0}", e.getMessage());
    }
  }
}
