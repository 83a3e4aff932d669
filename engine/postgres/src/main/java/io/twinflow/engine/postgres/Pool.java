package io.twinflow.engine.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections to a database. */
public final class Pool {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Pool() {}

  /** Made even if the database cannot be reached yet. */
  public static HikariDataSource of(DataSource database, int most) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(most);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setPoolName("twinflow");
    return new HikariDataSource(config);
  }
}
