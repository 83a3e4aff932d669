package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a step costs when it is durable; the site does nothing and ends at once. */
final class ThroughputIT {

  @RegisterExtension private final TestDatabase database = new TestDatabase();
  @TempDir private Path folder;
  private DurableEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = new DurableEngine(database, folder);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private long number(String query) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** All transactions in this database, of whatever kind; each is one statement. */
  private long statements() throws SQLException {
    return number(
        "SELECT pg_stat_get_db_xact_commit(oid) FROM pg_database WHERE datname = current_database()");
  }

  @Test
  void aTaskOfAScatterCostsAFractionOfAStatement() throws Exception {
    int tasks = 2_000;
    long before = statements();
    engine.scatter(tasks);
    assertThat(engine.figures().commits()).as("durable commits").isLessThan(tasks / 10);
    assertThat(statements() - before).as("statements").isLessThan(tasks / 10);
  }

  /**
   * No batches of 100 here: each step waits for the one before it, and shares with other runs. How
   * much is shared follows from how long a commit takes; alone, a step would need two at least.
   */
  @Test
  void manyRunsAtOnceShareStatementsAndCommits() throws Exception {
    int runs = 200;
    int tasks = runs * 10;
    slowDown(20_000);
    long before = statements();
    engine.chains(runs, 10);
    assertThat(engine.figures().commits()).as("durable commits").isLessThan(tasks / 2);
    assertThat(statements() - before).as("statements").isLessThan(tasks / 2);
  }

  /** As on a disk that takes so many microseconds: on a fast one there may be nothing to share. */
  private void slowDown(int commits) throws Exception {
    engine.close();
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      String alter = "ALTER DATABASE " + connection.getCatalog();
      statement.execute(alter + " SET commit_delay = " + commits);
      statement.execute(alter + " SET commit_siblings = 0");
    }
    engine = new DurableEngine(database, Files.createDirectory(folder.resolve("slow")));
  }

  private interface Work {
    void go() throws Exception;
  }

  /** Does it, and writes a row of figures about it. */
  private double measure(DurableFigures table, String what, int tasks, Work work) throws Exception {
    long first = number("SELECT position FROM journal_clock");
    long commits = engine.figures().commits();
    long statements = statements();
    long start = System.nanoTime();
    work.go();
    double seconds = (System.nanoTime() - start) / 1e9;
    commits = engine.figures().commits() - commits;
    statements = statements() - statements;
    String of = " FROM journal WHERE position > " + first;
    long rows = number("SELECT count(*)" + of);
    long events = number("SELECT coalesce(sum(last - first + 1), 0)" + of);
    long bytes = number("SELECT coalesce(sum(octet_length(lines)), 0)" + of);
    try (Connection connection = database.pool().getConnection()) {
      double floor = BareLoop.seconds(connection, rows, (int) (bytes / rows));
      double apart = BareLoop.seconds(connection, events, (int) (bytes / events));
      table.row(what, tasks, seconds, statements, commits, rows, events, floor, apart);
    }
    return seconds;
  }

  @Test
  @Tag("long")
  void figures() throws Exception {
    DurableFigures table = new DurableFigures();
    measure(table, "1,000 runs of 10 steps at once, in a new process", 10_000, this::runs);
    measure(table, "the same again", 10_000, this::runs);
    measure(table, "the same again", 10_000, this::runs);
    measure(table, "scatter", 1_000, () -> engine.scatter(1_000));
    double tenth = Double.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      tenth = Math.min(tenth, measure(table, "scatter", 10_000, () -> engine.scatter(10_000)));
    }
    double whole = measure(table, "scatter", 100_000, () -> engine.scatter(100_000));
    table.write(whole / tenth / 10);
  }

  private void runs() throws Exception {
    engine.chains(1_000, 10);
  }
}
