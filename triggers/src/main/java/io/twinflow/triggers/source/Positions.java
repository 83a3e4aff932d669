package io.twinflow.triggers.source;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.inbox.Sender;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How far a source has come, in the database.
 *
 * @param part which position of several; empty for the only one
 */
record Positions(Sql sql, Sender source, String part) {

  private static final String STORE =
      """
      INSERT INTO source_position (tenant, source, part, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant, source, part) DO UPDATE SET value = excluded.value, changed = now()
      """;

  Optional<String> last() throws IOException {
    return sql
        .list(
            "SELECT value FROM source_position WHERE tenant = ? AND source = ? AND part = ?",
            row -> row.getString(1),
            source.tenant(),
            source.subject(),
            part)
        .stream()
        .findFirst();
  }

  /** As a part of a transaction. */
  void store(Connection connection, String position) throws SQLException {
    Sql.run(connection, STORE, source.tenant(), source.subject(), part, position);
  }
}
