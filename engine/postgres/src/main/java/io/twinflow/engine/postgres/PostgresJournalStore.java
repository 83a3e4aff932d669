package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Lines;
import io.twinflow.engine.core.journal.QueueFullException;
import io.twinflow.engine.core.journal.SavedFolds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The journals of all runs in one PostgreSQL database, which several engines may share (DESIGN.md,
 * rules 3 and 4). An engine owns a run by a claim, which holds as long as the engine's lease.
 */
public final class PostgresJournalStore implements JournalStore, AutoCloseable {

  /** An append of a large scatter is about a megabyte. */
  private static final int ROWS_AT_ONCE = 16;

  private final Sql sql;
  private final Instance instance;
  private final Claims claims;
  private final GroupCommit commits;
  private final Together<PostgresBlobs.NewBlob, Boolean> putting;
  private final UnsyncedBlobs unsynced = new UnsyncedBlobs();

  /**
   * @param pool for what many threads ask
   * @param database gives connections of which the appends keep one
   * @param instance this engine, kept alive by whoever made it
   */
  public PostgresJournalStore(
      DataSource pool, DataSource database, Instance instance, JournalMeter meter) {
    this.sql = new Sql(pool);
    this.putting = PostgresBlobs.putting(sql);
    this.instance = instance;
    this.claims = new Claims(sql, instance.number(), meter);
    this.commits = new GroupCommit(database, instance.number(), unsynced, meter);
  }

  GroupCommit commits() {
    return commits;
  }

  boolean isAlive() {
    return instance.isAlive();
  }

  /**
   * Runs whose turn has come, that have not ended and that nobody alive owns; who was admitted
   * first comes first. What this engine owns without knowing it is given back before.
   *
   * @param most at most so many
   */
  public List<RunId> waiting(int most) throws IOException {
    return claims.free(instance.tenant(), most);
  }

  /**
   * Before much work is done for a new run; {@link #create} has the last word.
   *
   * @throws QueueFullException if a run of the subject would be refused now
   */
  public void checkQueue(String subject) throws IOException {
    claims.checkQueue(instance.tenant(), subject);
  }

  /** How long the appends of this engine have been waiting for their commit. */
  public Duration commitLag() {
    return commits.lag();
  }

  @Override
  public Journal create(RunId run, String owner) throws IOException {
    return create(run, owner, "", 0);
  }

  @Override
  public Journal create(RunId run, String owner, String subject, int priority) throws IOException {
    return journal(run, claims.create(run, instance.tenant(), subject, priority));
  }

  @Override
  public Journal open(RunId run, String owner) throws IOException {
    return journal(run, claims.take(run));
  }

  private Journal journal(RunId run, Claim claim) {
    return new PostgresJournal(run, claim, this, new Lines(run, blobs(run)));
  }

  void release(RunId run, Claim claim) {
    claims.release(run, claim);
  }

  void released(RunId run) {
    claims.released(run);
  }

  OptionalLong find(RunId run, String appendId) throws IOException {
    return sql.with(connection -> AppendLookup.last(connection, run, appendId));
  }

  @Override
  public void read(RunId run, long after, Consumer<Envelope> reader) throws IOException {
    Lines lines = new Lines(run, blobs(run));
    long from = after;
    List<Row> page;
    do {
      page =
          sql.list(
              "SELECT last, lines FROM journal WHERE run = ? AND last > ? ORDER BY last LIMIT ?",
              row -> new Row(row.getLong(1), row.getBytes(2)),
              run.value(),
              from,
              ROWS_AT_ONCE);
      for (Row row : page) {
        lines.read(row.lines(), after, reader);
        from = row.last();
      }
    } while (page.size() == ROWS_AT_ONCE);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long last, byte[] lines) {}

  /**
   * The appends of all runs after a position, in the order they were committed: what a view reads.
   *
   * @param most at most so many
   */
  public List<CommittedAppend> appendsAfter(long position, int most) throws IOException {
    return sql.list(
        "SELECT position, run, first, lines FROM journal WHERE position > ? ORDER BY position LIMIT ?",
        row -> {
          RunId run = new RunId(row.getString(2));
          return new CommittedAppend(
              row.getLong(1), run, row.getLong(3), row.getBytes(4), new Lines(run, blobs(run)));
        },
        position,
        most);
  }

  @Override
  public void readEnds(RunId run, Consumer<Envelope> reader) throws IOException {
    Lines lines = new Lines(run, blobs(run));
    List<byte[]> ends =
        sql.list(
            """
            (SELECT lines, last FROM journal WHERE run = ? ORDER BY last LIMIT 1)
            UNION
            (SELECT lines, last FROM journal WHERE run = ? ORDER BY last DESC LIMIT 1)
            ORDER BY last
            """,
            row -> row.getBytes(1),
            run.value(),
            run.value());
    for (byte[] text : ends) {
      lines.read(text, 0, reader);
    }
  }

  @Override
  public boolean exists(RunId run) {
    try {
      return !sql.list(
              "SELECT 1 FROM run WHERE id = ? AND deleting IS NULL",
              row -> row.getInt(1),
              run.value())
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    return claims.isHeld(run);
  }

  @Override
  public long size(RunId run) throws IOException {
    return sql.list(
            """
            SELECT coalesce((SELECT sum(octet_length(lines)) FROM journal WHERE run = ?), 0)
                + coalesce((SELECT sum(octet_length(content)) FROM blob WHERE run = ?), 0)
                + coalesce((SELECT sum(octet_length(content)) FROM saved_fold WHERE run = ?), 0)
            """,
            row -> row.getLong(1),
            run.value(),
            run.value(),
            run.value())
        .getFirst();
  }

  @Override
  public void delete(RunId run, String owner) throws IOException {
    Claim claim = claims.take(run);
    try {
      sql.change("DELETE FROM blob WHERE run = ?", run.value());
      sql.change("DELETE FROM journal WHERE run = ?", run.value());
      sql.change("DELETE FROM run WHERE id = ?", run.value());
    } finally {
      claims.release(run, claim);
    }
  }

  @Override
  public List<RunId> runs() throws IOException {
    return sql.list(
        "SELECT id FROM run WHERE tenant = ? AND deleting IS NULL ORDER BY id DESC",
        row -> new RunId(row.getString(1)),
        instance.tenant());
  }

  @Override
  public Blobs blobs(RunId run) {
    return new PostgresBlobs(sql, putting, unsynced, run, instance.tenant());
  }

  @Override
  public SavedFolds folds(RunId run) {
    return new PostgresSavedFolds(sql, run, instance.tenant());
  }

  @Override
  public void close() {
    commits.close();
  }
}
