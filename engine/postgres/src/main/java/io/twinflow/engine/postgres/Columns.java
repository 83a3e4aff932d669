package io.twinflow.engine.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement over many rows: an array each, as long as there are rows. */
public final class Columns<T> {

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<T> rows;
  private int count;

  public Columns(Connection connection, PreparedStatement statement, List<T> rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /** The number of the next parameter, for one that is no array. */
  int next() {
    return ++count;
  }

  /** The next parameter, which is the same for all rows. */
  public void text(String value) throws SQLException {
    statement.setString(next(), value);
  }

  public void add(String type, Function<T, @Nullable Object> field) throws SQLException {
    set(type, rows.stream().map(field).toArray());
  }

  /** The driver takes bytes in an array of this type alone. */
  public void addBytes(Function<T, byte @Nullable []> field) throws SQLException {
    set("bytea", rows.stream().map(field).toArray(byte[][]::new));
  }

  private void set(String type, @Nullable Object[] values) throws SQLException {
    Array array = connection.createArrayOf(type, values);
    statement.setArray(next(), array);
    array.free();
  }
}
