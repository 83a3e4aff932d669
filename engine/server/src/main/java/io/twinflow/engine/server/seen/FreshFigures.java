package io.twinflow.engine.server.seen;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/** Figures of the database that many gauges show: asked for together, at most once in a while. */
final class FreshFigures {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Supplier<Map<String, Double>> database;
  private Map<String, Double> figures = Map.of();
  private long asked = System.nanoTime() - FRESH.toNanos();

  FreshFigures(Supplier<Map<String, Double>> database) {
    this.database = database;
  }

  /** None is 0; not a number while the database does not answer. */
  synchronized double of(String name) {
    if (System.nanoTime() - asked >= FRESH.toNanos()) {
      figures = ask();
      asked = System.nanoTime();
    }
    return figures.isEmpty() ? Double.NaN : figures.getOrDefault(name, 0.0);
  }

  private Map<String, Double> ask() {
    try {
      return database.get();
    } catch (DataAccessException e) {
      return Map.of();
    }
  }
}
