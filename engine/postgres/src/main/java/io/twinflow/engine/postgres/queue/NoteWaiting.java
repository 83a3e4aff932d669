package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.engine.core.turns.WaitingRun;
import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down why runs of this engine wait, for those who ask another one. A view: it is not in the
 * journal, may be a few seconds old, and can be lost.
 */
public final class NoteWaiting {

  /** Rounds after which numbers are written anew that change all the time. */
  private static final int REFRESH = 5;

  private final Sql sql;
  private final String tenant;
  private final long instance;
  private final Turns turns;
  private Map<RunId, WaitingRun> noted = new HashMap<>();
  private int rounds;

  public NoteWaiting(Sql sql, String tenant, long instance, Turns turns) {
    this.sql = sql;
    this.tenant = tenant;
    this.instance = instance;
    this.turns = turns;
  }

  /** Once around; called about once a second by one thread. */
  public void round() throws IOException {
    Map<RunId, WaitingRun> now = new HashMap<>();
    turns.waiting().forEach(waiting -> now.put(waiting.run(), waiting));
    boolean refresh = ++rounds % REFRESH == 0;
    List<WaitingRun> news = new ArrayList<>();
    for (WaitingRun waiting : now.values()) {
      WaitingRun before = noted.get(waiting.run());
      boolean isNew = before == null || !before.code().equals(waiting.code());
      if (isNew || (refresh && !waiting.equals(before))) {
        news.add(waiting);
      }
    }
    Set<RunId> over = new HashSet<>(noted.keySet());
    over.removeAll(now.keySet());
    if (!news.isEmpty() || !over.isEmpty() || refresh) {
      sql.inTransaction(connection -> {
        write(connection, news);
        forget(connection, over, now.keySet());
        return true;
      });
    }
    noted = now;
  }

  private void write(Connection connection, List<WaitingRun> news) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO waiting AS w (run, tenant, code, reason, tasks)
            SELECT id, ?, ?, ?, ? FROM run WHERE id = ? AND ended IS NULL
            ON CONFLICT (run) DO UPDATE SET code = excluded.code, reason = excluded.reason,
              tasks = excluded.tasks,
              since = CASE WHEN w.code = excluded.code THEN w.since ELSE now() END
            """)) {
      for (WaitingRun waiting : news) {
        insert.setString(1, tenant);
        insert.setString(2, waiting.code());
        insert.setString(3, waiting.reason());
        insert.setInt(4, waiting.tasks());
        insert.setString(5, waiting.run().value());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Also what an engine noted that is no more, of runs that are this one's now. */
  private void forget(Connection connection, Set<RunId> over, Set<RunId> waiting)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM waiting w WHERE w.run = ANY (?) OR (w.tenant = ? AND NOT w.run = ANY (?)
              AND EXISTS (SELECT FROM run r
                WHERE r.id = w.run AND (r.owner = ? OR r.ended IS NOT NULL)))
            """)) {
      delete.setArray(1, ids(connection, over));
      delete.setString(2, tenant);
      delete.setArray(3, ids(connection, waiting));
      delete.setLong(4, instance);
      delete.executeUpdate();
    }
  }

  private static java.sql.Array ids(Connection connection, Set<RunId> runs) throws SQLException {
    return connection.createArrayOf("text", runs.stream().map(RunId::value).toArray());
  }
}
