package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.SavedFolds;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The saved fold of a run as rows that are written and read one after the other. */
final class PostgresSavedFolds implements SavedFolds {

  private final Sql sql;
  private final RunId run;
  private final String tenant;

  PostgresSavedFolds(Sql sql, RunId run, String tenant) {
    this.sql = sql;
    this.run = run;
    this.tenant = tenant;
  }

  @Override
  public void save(long sequence, Content content) throws IOException {
    sql.inTransaction(connection -> {
      Sql.run(connection, "SET LOCAL synchronous_commit TO off");
      Sql.run(
          connection,
          "DELETE FROM saved_fold WHERE run = ? AND sequence <= ?",
          run.value(),
          sequence);
      try (OutputStream out =
          new BufferedOutputStream(
              new FoldRows(connection, run, tenant, sequence), FoldRows.MOST)) {
        content.writeTo(out);
      }
      return sequence;
    });
  }

  @Override
  public Optional<InputStream> newest() throws IOException {
    List<Long> newest =
        sql.list(
            "SELECT sequence FROM saved_fold WHERE run = ? ORDER BY sequence DESC LIMIT 1",
            row -> row.getLong(1),
            run.value());
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(new FoldParts(sql, run, newest.getFirst()));
  }

  @Override
  public void forget() throws IOException {
    sql.change("DELETE FROM saved_fold WHERE run = ?", run.value());
  }

  /** Each write is a row. */
  private static final class FoldRows extends OutputStream {

    static final int MOST = 1 << 18;

    private final Connection connection;
    private final RunId run;
    private final String tenant;
    private final long sequence;
    private int part;

    FoldRows(Connection connection, RunId run, String tenant, long sequence) {
      this.connection = connection;
      this.run = run;
      this.tenant = tenant;
      this.sequence = sequence;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
      try {
        Sql.run(
            connection,
            "INSERT INTO saved_fold (run, sequence, part, tenant, content) VALUES (?, ?, ?, ?, ?)",
            run.value(),
            sequence,
            part++,
            tenant,
            content);
      } catch (SQLException e) {
        throw new IOException("the database: " + e.getMessage(), e);
      }
    }
  }
}
