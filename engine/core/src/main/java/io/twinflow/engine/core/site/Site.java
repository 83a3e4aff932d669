package io.twinflow.engine.core.site;

import io.twinflow.engine.core.run.SiteMonitor;
import io.twinflow.executors.api.Executor;

/** A site while an engine works with it. */
public final class Site {

  /** Unless the configuration says more. */
  private static final int MOST_AT_SITE = 1_024;

  private final Executor executor;
  private final SiteTerms terms;
  private final SiteMonitor monitor;
  private final RecentWaits waits = new RecentWaits();
  private final int slots;

  Site(ConfiguredSites.Entry entry) {
    this.executor = entry.executor();
    this.terms = entry.terms();
    this.monitor = new SiteMonitor(executor);
    int limit = terms.atOnce();
    this.slots =
        limit == Integer.MAX_VALUE
            ? Math.clamp(executor.capabilities().queueDepth(), 1, MOST_AT_SITE)
            : Math.max(1, limit);
  }

  public String name() {
    return executor.site();
  }

  public Executor executor() {
    return executor;
  }

  public SiteTerms terms() {
    return terms;
  }

  /** Observes all that the engine has there. */
  public SiteMonitor monitor() {
    return monitor;
  }

  /** How long attempts have lately waited there. */
  public RecentWaits waits() {
    return waits;
  }

  /** Attempts that this engine may have there at one time. */
  public int slots() {
    return slots;
  }
}
