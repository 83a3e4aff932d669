package io.twinflow.engine.server.seen;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events and firings that wait, and firings that came to nothing, of all servers that share the
 * database. Asked at most once in a few seconds, over indexes that hold only these.
 */
@Component
final class InboxMetrics {

  private static final String NEW = "new";
  private static final String AGE = "age";

  private static final List<String> STATES =
      List.of(
          "collecting",
          "waiting",
          "deciding",
          "starting",
          "checking",
          "started",
          "dead",
          "quarantined");

  private final JdbcClient database;
  private final FreshFigures figures = new FreshFigures(this::ask);

  InboxMetrics(DataSource database, MeterRegistry registry) {
    this.database = JdbcClient.create(database);
    Gauge.builder("twinflow.inbox.new", () -> figures.of(NEW))
        .description("Events that no trigger has been asked about yet")
        .register(registry);
    Gauge.builder("twinflow.inbox.age", () -> figures.of(AGE))
        .description("How long the oldest of them has waited, in seconds")
        .register(registry);
    for (String state : STATES) {
      Gauge.builder("twinflow.firings", () -> figures.of(state))
          .description("What triggers made of events and is not done, or came to nothing")
          .tag("state", state)
          .register(registry);
    }
  }

  private Map<String, Double> ask() {
    Map<String, Double> found = new ConcurrentHashMap<>();
    database
        .sql(
            """
            SELECT count(*), coalesce(max(extract(epoch FROM now() - received)), 0)
            FROM event WHERE state = 'new'
            """)
        .query(row -> {
          found.put(NEW, row.getDouble(1));
          found.put(AGE, row.getDouble(2));
        });
    database
        .sql(
            """
            SELECT state, count(*) FROM firing
            WHERE state IN ('collecting', 'waiting', 'starting', 'started') GROUP BY state
            UNION ALL SELECT 'deciding', count(*) FROM firing WHERE state = 'deciding'
            UNION ALL SELECT 'checking', count(*) FROM firing WHERE state = 'checking'
            UNION ALL SELECT state, count(*) FROM firing
            WHERE state IN ('dead', 'quarantined') GROUP BY state
            """)
        .query(row -> {
          found.put(row.getString(1), row.getDouble(2));
        });
    return found;
  }
}
