package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What became of the runs that look at data: their firings go on, or into quarantine. */
final class EndedChecks {

  private EndedChecks() {}

  private record Judged(String tenant, String trigger, boolean good) {}

  static void take(Connection connection) throws SQLException, IOException {
    List<Judged> all =
        Sql.list(
            connection,
            """
            UPDATE firing f SET state = CASE WHEN c.good THEN 'waiting' ELSE 'quarantined' END,
              due = CASE WHEN c.good THEN now() ELSE due END, checked = c.good, changed = now(),
              reason = CASE WHEN NOT c.good THEN 'its check, run ' || check_run || ', ' || c.verdict END
            FROM (
              SELECT o.id, coalesce(r.state = 'SUCCEEDED', false) AS good, CASE
                  WHEN r.id IS NULL THEN 'was deleted before it had ended'
                  WHEN r.state = 'CANCELLED' THEN 'was cancelled' ELSE 'failed' END AS verdict
              FROM firing o LEFT JOIN run r ON r.id = o.check_run
              WHERE o.state = 'checking' AND (r.id IS NULL OR r.ended IS NOT NULL)) AS c
            WHERE f.id = c.id AND f.state = 'checking'
            RETURNING f.tenant, f.trigger, c.good
            """,
            row -> new Judged(row.getString(1), row.getString(2), row.getBoolean(3)));
    for (Judged one : all) {
      if (!one.good()) {
        Parked.wake(connection, one.tenant(), one.trigger(), 1);
      }
    }
  }
}
