package io.twinflow.engine.bpmn;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/** Statements of ours on the connection that Flowable's transaction is on. */
record Sqls(Connection connection) {

  static Sqls of(CommandContext context) {
    return new Sqls(CommandContextUtil.getDbSqlSession(context).getSqlSession().getConnection());
  }

  /** What a row stands for. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  int change(String statement, @Nullable Object... parameters) {
    try (PreparedStatement prepared = prepare(statement, parameters)) {
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> Optional<T> first(String query, Row<T> row, @Nullable Object... parameters) {
    try (PreparedStatement prepared = prepare(query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      return rows.next() ? Optional.of(row.of(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> List<T> list(String query, Row<T> row, @Nullable Object... parameters) {
    try (PreparedStatement prepared = prepare(query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(row.of(rows));
      }
      return list;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement prepare(String statement, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }

  /** What the database said, if that is the cause, however deep Flowable has wrapped it. */
  static Optional<SQLException> said(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("the database: " + e.getMessage(), e);
  }
}
