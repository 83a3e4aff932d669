package io.twinflow.engine.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs that no synced commit has followed yet. A database that dies forgets them, although
 * whoever put them was told that they are there; they are put again before an append that may name
 * them is tried again. Safe for many threads.
 */
final class UnsyncedBlobs {

  /** One blob that is put; compared by identity. */
  static final class Put {
    private final PostgresBlobs.NewBlob blob;
    private volatile boolean there;

    private Put(PostgresBlobs.NewBlob blob) {
      this.blob = blob;
    }
  }

  private final Set<Put> open = ConcurrentHashMap.newKeySet();

  /** Before the database is asked. */
  Put begin(PostgresBlobs.NewBlob blob) {
    Put put = new Put(blob);
    open.add(put);
    return put;
  }

  /** The database has it, for now. */
  void there(Put put) {
    put.there = true;
  }

  void failed(Put put) {
    open.remove(put);
  }

  /** Those that a commit syncs that begins now. */
  List<Put> there() {
    return open.isEmpty() ? List.of() : open.stream().filter(put -> put.there).toList();
  }

  void synced(List<Put> puts) {
    puts.forEach(open::remove);
  }

  /** On a new connection, before anything else: the old one may have ended with its database. */
  void putAgain(Connection connection) throws SQLException {
    List<PostgresBlobs.NewBlob> blobs = open.stream().map(put -> put.blob).toList();
    if (!blobs.isEmpty()) {
      try (PreparedStatement insert = connection.prepareStatement(PostgresBlobs.INSERT)) {
        Object[] columns = PostgresBlobs.columns(blobs);
        for (int i = 0; i < columns.length; i++) {
          insert.setObject(i + 1, columns[i]);
        }
        insert.executeUpdate();
      }
    }
  }
}
