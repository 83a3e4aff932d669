package io.twinflow.engine.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Statements against the database; what fails there is an {@link IOException} here. */
final class Sql {

  /**
   * Begins a statement whose commit need not reach the disk by itself, because another one follows
   * that does: the write-ahead log is written in order. The statement reads from {@code unsynced}.
   */
  static final String UNSYNCED =
      "WITH unsynced AS (SELECT set_config('synchronous_commit', 'off', true))";

  private final DataSource database;

  Sql(DataSource database) {
    this.database = database;
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException, IOException;
  }

  interface Row<T> {
    T of(ResultSet row) throws SQLException, IOException;
  }

  <T> T with(Work<T> work) throws IOException {
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new IOException("the database: " + e.getMessage(), e);
    }
  }

  /** How many rows a statement changed. */
  int change(String statement, Object... parameters) throws IOException {
    return with(connection -> {
      try (PreparedStatement prepared = prepare(connection, statement, parameters)) {
        return prepared.executeUpdate();
      }
    });
  }

  <T> List<T> list(String query, Row<T> row, Object... parameters) throws IOException {
    return with(connection -> {
      try (PreparedStatement prepared = prepare(connection, query, parameters);
          ResultSet rows = prepared.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(row.of(rows));
        }
        return list;
      }
    });
  }

  private static PreparedStatement prepare(
      Connection connection, String statement, Object... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }
}
