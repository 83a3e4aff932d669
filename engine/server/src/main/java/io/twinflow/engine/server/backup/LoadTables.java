package io.twinflow.engine.server.backup;

import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.postgres.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Fills an empty database with the tables of a backup. */
final class LoadTables {

  static final String FOLDER = "tables/";
  static final String ENDING = ".csv";
  private static final String FIRST = "blob";

  private final Connection connection;
  private final Relocation relocation;

  private LoadTables(Connection connection, Relocation relocation) {
    this.connection = connection;
    this.relocation = relocation;
  }

  /**
   * @param folder of the tables' files
   * @param schema the version that they were written under
   */
  static void into(DataSource database, Path folder, String schema, Relocation relocation)
      throws IOException {
    Schema.migrateTo(database, schema);
    if (files(folder).stream().anyMatch(file -> new TableName(table(file)).isOfProcesses())) {
      Processes.makeTables(database);
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      new LoadTables(connection, relocation).all(folder);
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("the tables of the backup cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private void all(Path folder) throws IOException, SQLException {
    List<Path> files = files(folder);
    // All of them before any is filled: emptying one empties those that name its rows.
    for (Path file : files) {
      run("TRUNCATE " + new TableName(table(file)).quoted() + " CASCADE");
    }
    // Rows may name rows of tables that come later; that they fit is said by the digests.
    run("SET session_replication_role = replica");
    for (Path file : files) {
      if (table(file).equals(FIRST)) {
        load(file);
        new RenameBlobs(connection, relocation).all();
      }
    }
    for (Path file : files) {
      if (!table(file).equals(FIRST)) {
        load(file);
      }
    }
    run("SET session_replication_role = origin");
    // A new server never gets the number of one of before, which would make it the owner of runs
    // that it does not execute.
    countOn();
    run("UPDATE run SET owner = NULL WHERE owner IS NOT NULL");
    run("DELETE FROM instance");
    // The installation gets a name of its own.
    run("DELETE FROM installation");
    // What lies in an object store stays that of the database that was backed up: it may still
    // live.
    run(
        "DO $$ BEGIN IF to_regclass('store_owner') IS NOT NULL THEN DELETE FROM store_owner; END IF; END $$");
  }

  private static String table(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private void load(Path file) throws IOException, SQLException {
    CleanStop.check();
    String table = new TableName(table(file)).quoted();
    Set<String> texts = TextColumns.of(table(file));
    if (texts.isEmpty()) {
      copy(table, file);
      return;
    }
    run("CREATE TEMP TABLE incoming (LIKE " + table + ") ON COMMIT DROP");
    for (String text : texts) {
      run("ALTER TABLE incoming ALTER " + quoted(text) + " TYPE text USING ''");
    }
    copy("incoming", file);
    List<String> columns = columns(file);
    String values =
        columns.stream()
            .map(column ->
                texts.contains(column)
                    ? "convert_to(%s, 'UTF8')".formatted(quoted(column))
                    : quoted(column))
            .collect(Collectors.joining(", "));
    run("INSERT INTO %s (%s) SELECT %s FROM incoming".formatted(table, list(columns), values));
    run("DROP TABLE incoming");
  }

  private void copy(String table, Path file) throws IOException, SQLException {
    String statement =
        "COPY %s (%s) FROM STDIN WITH (FORMAT csv, HEADER)".formatted(table, list(columns(file)));
    try (Reader rows = Files.newBufferedReader(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(statement, relocation.isNone() ? rows : new RelocatedLines(rows, relocation));
    }
  }

  private static List<String> columns(Path file) throws IOException {
    try (BufferedReader rows = Files.newBufferedReader(file)) {
      String names = rows.readLine();
      return names == null ? List.of() : Arrays.asList(names.split(","));
    }
  }

  private static String list(List<String> columns) {
    return columns.stream().map(LoadTables::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "") + "\"";
  }

  /** Numbers that were given out are not given out again. */
  private void countOn() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND is_identity = 'YES'
                """);
        ResultSet identities = statement.executeQuery()) {
      while (identities.next()) {
        String table = quoted(identities.getString(1));
        String column = quoted(identities.getString(2));
        run(
            "SELECT setval(pg_get_serial_sequence('%1$s', %3$s), coalesce(max(%2$s), 0) + 1, false) FROM %1$s"
                .formatted(table, column, "'" + identities.getString(2) + "'"));
      }
    }
  }

  private void run(String statement) throws SQLException {
    try (Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }
}
