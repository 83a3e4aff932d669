package io.twinflow.engine.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections to a database. */
public final class Pool {

  private Pool() {}

  /**
   * Made even if the database cannot be reached yet.
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
    return new HikariDataSource(config);
  }
}
