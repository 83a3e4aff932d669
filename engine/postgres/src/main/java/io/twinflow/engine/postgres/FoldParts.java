package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads a saved fold row by row; one that goes away meanwhile ends early. */
final class FoldParts extends InputStream {

  private final Sql sql;
  private final RunId run;
  private final long sequence;
  private InputStream here = InputStream.nullInputStream();
  private int next;
  private boolean ended;

  FoldParts(Sql sql, RunId run, long sequence) {
    this.sql = sql;
    this.run = run;
    this.sequence = sequence;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = here.read(bytes, offset, length);
    while (read < 0 && !ended) {
      advance();
      read = here.read(bytes, offset, length);
    }
    return read;
  }

  private void advance() throws IOException {
    List<byte[]> part =
        sql.list(
            "SELECT content FROM saved_fold WHERE run = ? AND sequence = ? AND part = ?",
            row -> row.getBytes(1),
            run.value(),
            sequence,
            next++);
    ended = part.isEmpty();
    here = new ByteArrayInputStream(ended ? new byte[0] : part.getFirst());
  }
}
