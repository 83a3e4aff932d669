package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.twinflow.engine.postgres.JournalMeter;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How the journal is written, and what becomes of the lease. */
@Component
final class JournalMetrics implements JournalMeter {

  private final Timer appends;
  private final Timer commits;
  private final Counter committed;
  private final Timer heartbeats;
  private final Counter claimed;
  private final Counter lost;

  JournalMetrics(MeterRegistry registry) {
    this.appends =
        Timer.builder("twinflow.journal.append")
            .description("From a run's wish to append until its fate is known")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry);
    this.commits =
        Timer.builder("twinflow.journal.commit")
            .description("Transactions that carry appends")
            .register(registry);
    this.committed =
        Counter.builder("twinflow.journal.appends.committed")
            .description("Appends that were carried by these transactions")
            .register(registry);
    this.heartbeats =
        Timer.builder("twinflow.lease.heartbeat")
            .description("Heartbeats that came through")
            .register(registry);
    this.claimed = leaseChange(registry, "claimed");
    this.lost = leaseChange(registry, "lost");
  }

  private static Counter leaseChange(MeterRegistry registry, String change) {
    return Counter.builder("twinflow.lease.changes")
        .description("Runs that this server came to own, and times that its lease ran out")
        .tag("change", change)
        .register(registry);
  }

  @Override
  public void committed(int carried, Duration took) {
    commits.record(took);
    committed.increment(carried);
  }

  @Override
  public void answered(Duration waited) {
    appends.record(waited);
  }

  @Override
  public void claimed() {
    claimed.increment();
  }

  @Override
  public void beaten(Duration took) {
    heartbeats.record(took);
  }

  @Override
  public void leaseLost() {
    lost.increment();
  }
}
