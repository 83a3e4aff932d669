package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.engine.server.runs.PublicState;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The runs that have not ended, of all servers that share the database: each of them says the same.
 * Asked at most once in a few seconds, over an index that holds open runs only.
 */
@Component
final class DatabaseMetrics {

  private static final String AGE = "age";

  private final JdbcClient database;
  private final FreshFigures figures = new FreshFigures(this::ask);

  DatabaseMetrics(DataSource database, MeterRegistry registry) {
    this.database = JdbcClient.create(database);
    for (PublicState state : PublicState.values()) {
      if (!state.isTerminal()) {
        Gauge.builder("twinflow.runs", () -> figures.of(state.name()))
            .description("Runs that have not ended, whichever server carries them")
            .tag("state", state.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
    }
    Gauge.builder("twinflow.queue.age", () -> figures.of(AGE))
        .description("How long what waits longest has waited, in seconds")
        .tag("queue", "runs")
        .register(registry);
  }

  private Map<String, Double> ask() {
    Map<String, Double> found = new ConcurrentHashMap<>();
    found.put(AGE, 0.0);
    database
        .sql(
            """
            SELECT CASE WHEN epoch = 0 THEN 'QUEUED' ELSE state END AS public, count(*), max(extract(epoch FROM now() - created))
                FILTER (WHERE owner IS NULL)
            FROM run WHERE ended IS NULL GROUP BY public
            """)
        .query(row -> {
          found.put(row.getString(1), row.getDouble(2));
          found.merge(AGE, row.getDouble(3), Math::max);
        });
    return found;
  }
}
