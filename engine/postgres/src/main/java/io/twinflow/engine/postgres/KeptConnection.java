package io.twinflow.engine.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One thread's own connection, made when it is first needed and made anew after an error: whoever
 * else needs the database can neither take it away nor make its owner wait.
 */
final class KeptConnection implements AutoCloseable {

  private static final Logger LOG = System.getLogger(KeptConnection.class.getName());

  private final DataSource database;
  private final Preparation preparation;
  private @Nullable Connection connection;
  private boolean isPrepared;

  /**
   * @param preparation of each new connection, before its first work
   */
  KeptConnection(DataSource database, Preparation preparation) {
    this.database = database;
    this.preparation = preparation;
  }

  interface Preparation {
    void of(Connection fresh) throws SQLException;
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
      if (!isPrepared) {
        preparation.of(kept);
        isPrepared = true;
      }
      return work.on(kept);
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    Connection old = connection;
    connection = null;
    isPrepared = false;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "a connection could not be closed: {0}", e.getMessage());
      }
    }
  }
}
