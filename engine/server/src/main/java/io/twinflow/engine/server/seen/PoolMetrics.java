package io.twinflow.engine.server.seen;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.workflowdefs.expression.process.EvaluatorProcesses;
import java.util.Collection;

/** Meters of things that are made once: connections, and the processes of expressions. */
public final class PoolMetrics {

  private PoolMetrics() {}

  public static void connections(MeterRegistry registry, Collection<HikariDataSource> pools) {
    pools.forEach(
        pool -> pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry)));
  }

  public static void evaluators(MeterRegistry registry, EvaluatorProcesses processes) {
    Gauge.builder("twinflow.evaluators.processes", () -> processes.pids().size())
        .description("Processes that evaluate expressions")
        .register(registry);
    Gauge.builder("twinflow.evaluators.waiting", processes::waiting)
        .description("Expressions that no process has begun")
        .register(registry);
    FunctionCounter.builder(
            "twinflow.evaluators.evaluations", processes, all -> all.figures().evaluations())
        .description("Expressions that were evaluated")
        .register(registry);
    FunctionCounter.builder("twinflow.evaluators.starts", processes, all -> all.figures().starts())
        .description("Processes for expressions that were started")
        .register(registry);
  }
}
