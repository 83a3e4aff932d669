package io.twinflow.engine.server.backup;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.journal.Lines;
import io.twinflow.engine.postgres.FileUse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * All tables at one moment, while servers go on writing. As long as it is open no server removes
 * files that the tables name.
 */
final class Snapshot implements AutoCloseable {

  private static final int ROWS_AT_ONCE = 64;

  private final Connection connection;

  private Snapshot(Connection connection) {
    this.connection = connection;
  }

  static Snapshot take(DataSource database) throws IOException {
    try {
      Connection connection = database.getConnection();
      FileUse.keep(connection);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      return new Snapshot(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The tables of Twinflow, in the order of their names; not what is made anew from the others. */
  List<String> tables() throws IOException {
    return strings(
        """
        SELECT CASE table_schema WHEN 'bpmn' THEN 'bpmn.' ELSE '' END || table_name AS name
        FROM information_schema.tables
        WHERE table_schema IN (current_schema(), 'bpmn') AND table_type = 'BASE TABLE'
          AND table_name NOT IN ('flyway_schema_history', 'saved_fold') ORDER BY name
        """);
  }

  /** Writes a table as CSV with a first line of names, ordered by its key. */
  long copy(String table, Path file) throws IOException {
    Set<String> texts = TextColumns.of(table);
    TableName named = new TableName(table);
    String columns =
        strings(
                """
                SELECT column_name FROM information_schema.columns
                WHERE %s AND table_name = ? AND is_generated = 'NEVER'
                ORDER BY ordinal_position
                """
                    .formatted(named.inSchema("table_schema")),
                named.name())
            .stream()
            .map(column ->
                texts.contains(column)
                    ? "convert_from(\"%1$s\", 'UTF8') AS \"%1$s\"".formatted(column)
                    : "\"" + column + "\"")
            .collect(Collectors.joining(", "));
    String key =
        strings(
                """
                SELECT k.column_name FROM information_schema.table_constraints c
                JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
                WHERE %s AND c.table_name = ?
                  AND c.constraint_type = 'PRIMARY KEY' ORDER BY k.ordinal_position
                """
                    .formatted(named.inSchema("c.table_schema")),
                named.name())
            .stream()
            .map(column -> "\"" + column + "\"")
            .collect(Collectors.joining(", "));
    String query =
        "SELECT %s FROM %s%s"
            .formatted(columns, named.quoted(), key.isEmpty() ? "" : " ORDER BY " + key);
    try (OutputStream out = Files.newOutputStream(file)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT csv, HEADER)", out);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  Set<String> runs() throws IOException {
    return Set.copyOf(strings("SELECT id FROM run"));
  }

  Set<String> unfinished() throws IOException {
    return Set.copyOf(strings("SELECT id FROM run WHERE ended IS NULL"));
  }

  /** The folders of uploads that something needs. */
  Set<String> uploads() throws IOException {
    return Set.copyOf(strings("SELECT DISTINCT folder FROM upload_use"));
  }

  String installation() throws IOException {
    return String.join("", strings("SELECT name FROM installation"));
  }

  /** The events of a run. */
  void read(String run, Consumer<Envelope> reader) throws IOException {
    RunId id = new RunId(run);
    Lines lines = new Lines(id, new SnapshotBlobs(connection, id));
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT lines FROM journal WHERE run = ? ORDER BY last")) {
      statement.setFetchSize(ROWS_AT_ONCE);
      statement.setString(1, run);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.read(rows.getBytes(1), 0, reader);
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private List<String> strings(String query, String... parameters) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IOException failed(SQLException e) {
    return new IOException("the database: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
