package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Finds an append whose answer was lost. */
final class AppendLookup {

  private static final String WAIT = "SELECT head FROM run WHERE id = ? FOR UPDATE";
  private static final String FIND = "SELECT last FROM journal WHERE run = ? AND append_id = ?";

  private AppendLookup() {}

  /**
   * The sequence of the append's last event, or empty if it was not made and never will be by the
   * transaction whose answer was lost: that one holds the row of the run until it ends.
   */
  static OptionalLong last(Connection connection, RunId run, String appendId) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement wait = connection.prepareStatement(WAIT);
        PreparedStatement find = connection.prepareStatement(FIND)) {
      wait.setString(1, run.value());
      wait.executeQuery().close();
      find.setString(1, run.value());
      find.setString(2, appendId);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
