package io.twinflow.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The floor: rows written by a loop that knows nothing of runs. */
final class BareLoop {

  private static final int BATCH = 100;

  private BareLoop() {}

  /** Seconds for so many rows of this size, with a durable commit for each hundred. */
  static double seconds(Connection connection, long rows, int bytes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bare (run text, last bigint, lines bytea, PRIMARY KEY (run, last))");
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?)")) {
        byte[] line = new byte[bytes];
        for (long i = 1; i <= rows; i++) {
          insert.setString(1, "20261120-093012-k3x9qa");
          insert.setLong(2, i);
          insert.setBytes(3, line);
          insert.addBatch();
          if (i % BATCH == 0 || i == rows) {
            insert.executeBatch();
            connection.commit();
          }
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      connection.setAutoCommit(true);
      statement.execute("DROP TABLE bare");
      return seconds;
    }
  }
}
