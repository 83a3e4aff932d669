package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * Gives blobs whose text was relocated the names that their text has now. A blob may name another:
 * then its own text changes too, until none does.
 */
final class RenameBlobs {

  private static final int ROWS_AT_ONCE = 64;

  private final Connection connection;
  private final Relocation relocation;

  RenameBlobs(Connection connection, Relocation relocation) {
    this.connection = connection;
    this.relocation = relocation;
  }

  void all() throws SQLException, IOException {
    if (relocation.isNone()) {
      return;
    }
    while (rename() > 0) {
      CleanStop.check();
    }
  }

  /** How many were given another name. */
  private int rename() throws SQLException {
    int renamed = 0;
    try (PreparedStatement select =
            connection.prepareStatement("SELECT run, sha256, content FROM blob");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE blob SET sha256 = ?, content = ? WHERE run = ? AND sha256 = ?")) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet blobs = select.executeQuery()) {
        while (blobs.next()) {
          String name = blobs.getString(2);
          String text = relocation.text(new String(blobs.getBytes(3), StandardCharsets.UTF_8));
          byte[] content = text.getBytes(StandardCharsets.UTF_8);
          String digest = HexFormat.of().formatHex(Sums.digest().digest(content));
          if (!digest.equals(name)) {
            relocation.renamed(name, digest);
            update.setString(1, digest);
            update.setBytes(2, content);
            update.setString(3, blobs.getString(1));
            update.setString(4, name);
            update.addBatch();
            renamed++;
          }
        }
      }
      update.executeBatch();
    }
    return renamed;
  }
}
