package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.server.runs.RunWatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the runs that this server carries are doing. */
@Component
final class RunMetrics implements RunWatcher {

  /** Of what has not gone to a site. */
  private static final String NOWHERE = "none";

  private final MeterRegistry registry;
  private final Map<RunId, OpenTasks> runs = new ConcurrentHashMap<>();

  RunMetrics(MeterRegistry registry, ConfiguredSites sites) {
    this.registry = registry;
    gauge(OpenTasks.Stage.WAITING, "");
    for (ConfiguredSites.Entry site : sites.entries()) {
      gauge(OpenTasks.Stage.SUBMITTED, site.name());
      gauge(OpenTasks.Stage.RUNNING, site.name());
    }
    Gauge.builder("twinflow.queue.age", this::oldestSeconds)
        .description("How long what waits longest has waited, in seconds")
        .tag("queue", "tasks")
        .register(registry);
    Gauge.builder("twinflow.runs.carried", runs::size)
        .description("Runs that this server carries now")
        .register(registry);
  }

  private void gauge(OpenTasks.Stage stage, String site) {
    Gauge.builder(
            "twinflow.tasks",
            () -> runs.values().stream().mapToLong(run -> run.count(stage, site)).sum())
        .description("Tasks of this server's runs that have not ended")
        .tag("state", stage.name().toLowerCase(Locale.ROOT))
        .tag("site", site.isEmpty() ? NOWHERE : site)
        .register(registry);
  }

  private double oldestSeconds() {
    Instant now = Instant.now();
    return runs.values().stream()
            .map(run -> run.oldest(now))
            .mapToLong(Duration::toMillis)
            .max()
            .orElse(0)
        / 1e3;
  }

  @Override
  public void takenUp(RunId run, Collection<OpenTask> open) {
    runs.put(run, OpenTasks.of(open, Instant.now()));
  }

  @Override
  public void happened(Envelope envelope) {
    runs.computeIfAbsent(envelope.run(), _ -> new OpenTasks()).accept(envelope);
    switch (envelope.event()) {
      case Event.TaskSucceeded e -> taskEnded("succeeded", e.execution());
      case Event.TaskFailed e -> taskEnded("failed", e.execution());
      case Event.AttemptFailed e -> taskEnded("retried", e.execution());
      case Event.RunEnded e ->
          registry
              .counter("twinflow.runs.ended", "state", e.state().name().toLowerCase(Locale.ROOT))
              .increment();
      default -> {
        // Nothing that is counted.
      }
    }
  }

  private void taskEnded(String how, Event.@Nullable Execution execution) {
    String site = execution == null ? NOWHERE : execution.site();
    registry.counter("twinflow.tasks.ended", "state", how, "site", site).increment();
  }

  @Override
  public void left(RunId run) {
    runs.remove(run);
  }
}
