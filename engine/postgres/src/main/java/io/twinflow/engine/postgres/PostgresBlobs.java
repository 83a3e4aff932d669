package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.DamagedJournalException;
import io.twinflow.engine.core.plan.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Blobs in the database. They are not synced by themselves: the append that names one comes later
 * in the same write-ahead log and syncs both.
 */
final class PostgresBlobs implements Blobs {

  private final Sql sql;
  private final RunId run;
  private final String tenant;

  PostgresBlobs(Sql sql, RunId run, String tenant) {
    this.sql = sql;
    this.run = run;
    this.tenant = tenant;
  }

  @Override
  public String put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = Digests.sha256(bytes);
    sql.change(
        Sql.UNSYNCED
            + " INSERT INTO blob (tenant, run, sha256, content) SELECT ?, ?, ?, ? FROM unsynced"
            + " ON CONFLICT DO NOTHING",
        tenant,
        run.value(),
        sha256,
        bytes);
    return sha256;
  }

  @Override
  public String get(String sha256) throws IOException {
    List<byte[]> found =
        sql.list(
            "SELECT content FROM blob WHERE run = ? AND sha256 = ?",
            row -> row.getBytes(1),
            run.value(),
            sha256);
    if (found.isEmpty()) {
      throw new DamagedJournalException("blob %s of run %s is missing".formatted(sha256, run));
    }
    if (!Digests.sha256(found.getFirst()).equals(sha256)) {
      throw new DamagedJournalException(
          "blob %s of run %s is damaged: its content has another digest".formatted(sha256, run));
    }
    return new String(found.getFirst(), StandardCharsets.UTF_8);
  }
}
