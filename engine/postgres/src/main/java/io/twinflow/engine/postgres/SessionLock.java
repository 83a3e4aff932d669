package io.twinflow.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A lock of the database that one connection has: where several servers could do something, the one
 * that has it does. It goes with the connection, so that another server goes on when this one is
 * gone.
 *
 * @param number by which all servers know it
 */
public record SessionLock(long number) {

  /**
   * Does not wait. Who has it may take it again.
   *
   * @return whether the connection has it now
   * @throws SQLException if the connection is gone, and the lock with it
   */
  public boolean take(Connection connection) throws SQLException {
    return is(connection, "SELECT pg_try_advisory_lock(?)");
  }

  /** Gives it back once for each time it was taken; nothing if the connection is closed. */
  public void give(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      is(connection, "SELECT pg_advisory_unlock(?)");
    }
  }

  private boolean is(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
