package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.DamagedJournalException;
import io.twinflow.engine.core.plan.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * Blobs in the database. They are not synced by themselves: the append that names one comes later
 * in the same write-ahead log and syncs both, and {@link UnsyncedBlobs} are kept until then.
 */
final class PostgresBlobs implements Blobs {

  static final String INSERT =
      Sql.UNSYNCED
          + """
           INSERT INTO blob (tenant, run, sha256, content)
          SELECT a.tenant, a.run, a.sha256, a.content FROM unsynced,
            unnest(?::text[], ?::text[], ?::text[], ?::bytea[]) AS a (tenant, run, sha256, content)
          ON CONFLICT DO NOTHING
          """;

  private final Sql sql;
  private final Together<NewBlob, Boolean> putting;
  private final UnsyncedBlobs unsynced;
  private final RunId run;
  private final String tenant;

  PostgresBlobs(
      Sql sql,
      Together<NewBlob, Boolean> putting,
      UnsyncedBlobs unsynced,
      RunId run,
      String tenant) {
    this.sql = sql;
    this.unsynced = unsynced;
    this.putting = putting;
    this.run = run;
    this.tenant = tenant;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record NewBlob(String tenant, RunId run, String sha256, byte[] content) {}

  /** Puts the blobs of all runs of an engine. */
  static Together<NewBlob, Boolean> putting(Sql sql) {
    return new Together<>(blobs -> {
      sql.change(INSERT, columns(blobs));
      return Collections.nCopies(blobs.size(), true);
    });
  }

  /** The parameters of {@link #INSERT}. */
  static Object[] columns(List<NewBlob> blobs) {
    return new Object[] {
      blobs.stream().map(NewBlob::tenant).toArray(String[]::new),
      blobs.stream().map(blob -> blob.run().value()).toArray(String[]::new),
      blobs.stream().map(NewBlob::sha256).toArray(String[]::new),
      blobs.stream().map(NewBlob::content).toArray(byte[][]::new)
    };
  }

  @Override
  public String put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = Digests.sha256(bytes);
    NewBlob blob = new NewBlob(tenant, run, sha256, bytes);
    UnsyncedBlobs.Put put = unsynced.begin(blob);
    try {
      putting.ask(blob);
    } catch (IOException | RuntimeException e) {
      unsynced.failed(put);
      throw e;
    }
    unsynced.there(put);
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
