package io.twinflow.engine.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections to a database. */
public final class Pool {

  /**
   * An engine that is stopped in the middle of a transaction (a suspended machine) keeps its locks
   * from all others no longer than this.
   */
  private static final Duration ASLEEP = Duration.ofSeconds(15);

  private Pool() {}

  /**
   * Made even if the database cannot be reached yet. No transaction on them may wait for anything
   * but the database.
   *
   * @param most at most so many connections
   * @param patience how long a thread waits for one before it is refused
   */
  public static HikariDataSource of(DataSource database, String name, int most, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(Math.min(most, 2));
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setPoolName(name);
    config.setConnectionInitSql(
        "SET idle_in_transaction_session_timeout = %d".formatted(ASLEEP.toMillis()));
    return new HikariDataSource(config);
  }
}
