package io.twinflow.triggers.source.runs;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds runs that have ended by the journal's positions, which are handed out under a lock that
 * lasts until the commit: what is behind a position is there when the position is. The numbers of
 * rows, and times, become visible out of order, and who reads on from the last one it saw loses
 * runs.
 */
final class EndedRuns {

  private static final int AT_ONCE = 100;
  private static final int APPENDS = 10_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Sql sql;

  EndedRuns(DataSource database) {
    this.sql = new Sql(database);
  }

  /**
   * Some of them.
   *
   * @param until everything up to here was looked at
   * @param more whether there is something behind it
   */
  record Some(List<EndedRun> runs, long until, boolean more) {
    Some {
      runs = List.copyOf(runs);
    }
  }

  /** How far the journal is. */
  long now() throws IOException {
    return sql.list("SELECT position FROM journal_clock", row -> row.getLong(1)).getFirst();
  }

  /** In the order in which their ends were committed. */
  Some after(long position) throws IOException {
    long now = now();
    long until = Math.min(now, position + APPENDS);
    List<Found> found =
        sql.list(
            """
            SELECT j.position, r.tenant, r.id, r.subject, r.workflow, r.version, r.kind, r.state,
              r.labels::text, r.created, r.ended,
              coalesce((SELECT max(f.chain) + 1 FROM firing f
                WHERE f.run IN (r.id, r.labels ->> 'process')
                  OR f.check_run IN (r.id, r.labels ->> 'process')), 0)
            FROM journal j JOIN run r ON r.id = j.run AND r.head = j.last
            WHERE j.position > ? AND j.position <= ? AND r.ended IS NOT NULL AND r.deleting IS NULL
            ORDER BY j.position LIMIT ?
            """,
            EndedRuns::row,
            position,
            until,
            AT_ONCE);
    boolean full = found.size() == AT_ONCE;
    long read = full ? found.getLast().position() : until;
    return new Some(found.stream().map(Found::run).toList(), read, read < now);
  }

  private record Found(long position, EndedRun run) {}

  private static Found row(ResultSet row) throws SQLException {
    return new Found(
        row.getLong(1),
        new EndedRun(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            JSON.readValue(row.getString(9), new TypeReference<Map<String, String>>() {}),
            row.getTimestamp(10).toInstant(),
            row.getTimestamp(11).toInstant(),
            row.getInt(12)));
  }
}
