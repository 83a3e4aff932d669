package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What became of the runs that look at data: their firings go on, or into quarantine. */
final class EndedChecks {

  private EndedChecks() {}

  private record Kept(String tenant, String trigger) {}

  static void take(Connection connection) throws SQLException, IOException {
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'waiting', due = now(), checked = true, changed = now()
        FROM run r WHERE f.state = 'checking' AND r.id = f.check_run AND r.state = 'SUCCEEDED'
        """);
    List<Kept> kept =
        Sql.list(
            connection,
            """
            UPDATE firing f SET state = 'quarantined', changed = now(),
              reason = 'its check, run ' || check_run || ', ' || coalesce(
                (SELECT CASE r.state WHEN 'CANCELLED' THEN 'was cancelled' ELSE 'failed' END
                  FROM run r WHERE r.id = f.check_run),
                'was deleted before it had ended')
            WHERE state = 'checking' AND NOT EXISTS (
              SELECT FROM run r WHERE r.id = f.check_run AND r.ended IS NULL)
            RETURNING tenant, trigger
            """,
            row -> new Kept(row.getString(1), row.getString(2)));
    for (Kept one : kept) {
      Parked.wake(connection, one.tenant(), one.trigger(), 1);
    }
  }
}
