package io.twinflow.engine.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements against the database; what fails there is an {@link IOException} here. */
public final class Sql {

  /**
   * Begins a statement whose commit need not reach the disk by itself, because another one follows
   * that does: the write-ahead log is written in order. The statement reads from {@code unsynced}.
   */
  static final String UNSYNCED =
      "WITH unsynced AS (SELECT set_config('synchronous_commit', 'off', true))";

  private final DataSource database;

  public Sql(DataSource database) {
    this.database = database;
  }

  /** What is done with one connection. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException, IOException;
  }

  /** What a row stands for. */
  public interface Row<T> {
    T of(ResultSet row) throws SQLException, IOException;
  }

  public <T> T with(Work<T> work) throws IOException {
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new IOException("the database: " + e.getMessage(), e);
    }
  }

  /** One transaction, which is taken back if the work fails. */
  public <T> T inTransaction(Work<T> work) throws IOException {
    return with(connection -> {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        connection.setAutoCommit(true);
        return result;
      } catch (SQLException | IOException | RuntimeException e) {
        takeBack(connection, e);
        throw e;
      }
    });
  }

  /** A connection that is gone cannot be asked to, and that is not why the work failed. */
  private static void takeBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** How many rows a statement changed. */
  public int change(String statement, @Nullable Object... parameters) throws IOException {
    return with(connection -> change(connection, statement, parameters));
  }

  /** As a part of the work on a connection. */
  public static int change(Connection connection, String statement, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(connection, statement, parameters)) {
      return prepared.executeUpdate();
    }
  }

  public <T> List<T> list(String query, Row<T> row, @Nullable Object... parameters)
      throws IOException {
    return with(connection -> list(connection, query, row, parameters));
  }

  /** As a part of the work on a connection. */
  public static <T> List<T> list(
      Connection connection, String query, Row<T> row, @Nullable Object... parameters)
      throws SQLException, IOException {
    try (PreparedStatement prepared = prepare(connection, query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(row.of(rows));
      }
      return list;
    }
  }

  /** Any statement, as a part of the work on a connection. */
  public static void run(Connection connection, String statement, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(connection, statement, parameters)) {
      prepared.execute();
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String statement, @Nullable Object... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }
}
