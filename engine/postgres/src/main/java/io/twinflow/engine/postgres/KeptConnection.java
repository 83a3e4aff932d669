package io.twinflow.engine.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One thread's own connection, made when it is first needed and made anew after an error: whoever
 * else needs the database can neither take it away nor make its owner wait.
 */
final class KeptConnection implements AutoCloseable {

  private static final Logger LOG = System.getLogger(KeptConnection.class.getName());

  private final DataSource database;
  private final String settings;
  private @Nullable Connection connection;
  private boolean isSet;

  /**
   * @param settings of the session, as statements; may be empty
   */
  KeptConnection(DataSource database, String settings) {
    this.database = database;
    this.settings = settings;
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  synchronized <T> T with(Work<T> work) throws SQLException {
    Connection kept = connection;
    if (kept == null) {
      kept = database.getConnection();
      connection = kept;
    }
    try {
      if (!isSet) {
        set(kept);
      }
      return work.on(kept);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private void set(Connection fresh) throws SQLException {
    try (Statement statement = fresh.createStatement()) {
      statement.execute(settings);
    }
    isSet = true;
  }

  @Override
  public synchronized void close() {
    Connection old = connection;
    connection = null;
    isSet = false;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "a connection could not be closed: {0}", e.getMessage());
      }
    }
  }
}
