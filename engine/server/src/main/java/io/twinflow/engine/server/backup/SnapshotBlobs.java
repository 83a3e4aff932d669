package io.twinflow.engine.server.backup;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Blobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The blobs of a run as a snapshot has them. */
record SnapshotBlobs(Connection connection, RunId run) implements Blobs {

  @Override
  public String put(String text) {
    throw new UnsupportedOperationException("a snapshot is only read");
  }

  @Override
  public String get(String sha256) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT content FROM blob WHERE run = ? AND sha256 = ?")) {
      statement.setString(1, run.value());
      statement.setString(2, sha256);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          return new String(rows.getBytes(1), StandardCharsets.UTF_8);
        }
      }
    } catch (SQLException e) {
      throw new IOException("the database: " + e.getMessage(), e);
    }
    throw new IOException("blob %s of run %s is missing".formatted(sha256, run));
  }
}
