package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.twinflow.engine.server.runs.PublicState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The runs that have not ended, of all servers that share the database: each of them says the same.
 * Asked at most once in a few seconds, over an index that holds open runs only.
 */
@Component
final class DatabaseMetrics {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final String AGE = "age";

  private final JdbcClient database;
  private Map<String, Double> figures = Map.of();
  private long asked = System.nanoTime() - FRESH.toNanos();

  DatabaseMetrics(DataSource database, MeterRegistry registry) {
    this.database = JdbcClient.create(database);
    for (PublicState state : PublicState.values()) {
      if (!state.isTerminal()) {
        Gauge.builder("twinflow.runs", () -> figure(state.name()))
            .description("Runs that have not ended, whichever server carries them")
            .tag("state", state.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
    }
    Gauge.builder("twinflow.queue.age", () -> figure(AGE))
        .description("How long what waits longest has waited, in seconds")
        .tag("queue", "runs")
        .register(registry);
  }

  /** Not a number while the database does not answer. */
  private synchronized double figure(String name) {
    if (System.nanoTime() - asked >= FRESH.toNanos()) {
      figures = ask();
      asked = System.nanoTime();
    }
    return figures.isEmpty() ? Double.NaN : figures.getOrDefault(name, 0.0);
  }

  private Map<String, Double> ask() {
    Map<String, Double> found = new ConcurrentHashMap<>();
    found.put(AGE, 0.0);
    try {
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
    } catch (DataAccessException e) {
      return Map.of();
    }
  }
}
