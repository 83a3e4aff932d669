package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Firings that wait until a run of their trigger has ended. They are due at no time, so that nobody
 * looks at them in vain; whoever makes room wakes the oldest in the same transaction.
 */
final class Parked {

  private static final String OLDEST =
      """
      SELECT id FROM firing WHERE tenant = ? AND trigger = ? AND state = 'waiting'
        AND due = 'infinity' ORDER BY id LIMIT ?
      """;

  private Parked() {}

  static void park(Connection connection, List<Claimed> firings, String reason)
      throws SQLException {
    Sql.run(
        connection,
        """
        UPDATE firing SET state = 'waiting', due = 'infinity', reason = ?, changed = now()
        WHERE id = ANY (?)
        """,
        reason,
        Claimed.ids(firings));
  }

  static void wake(Connection connection, String tenant, String trigger, int most)
      throws SQLException {
    Sql.run(
        connection,
        "UPDATE firing SET due = now() WHERE id IN (" + OLDEST + ")",
        tenant,
        trigger,
        most);
  }

  /** Notes which runs have ended, and wakes as many as that makes room for. */
  static void wakeForEnded(Connection connection) throws SQLException, IOException {
    record Freed(String tenant, String trigger, int runs) {}
    List<Freed> all =
        Sql.list(
            connection,
            """
            WITH done AS (
              UPDATE firing f SET state = 'done', changed = now()
              WHERE state = 'started' AND NOT EXISTS (
                SELECT FROM run r WHERE r.id = f.run AND r.ended IS NULL)
              RETURNING tenant, trigger)
            SELECT tenant, trigger, count(*) FROM done GROUP BY tenant, trigger
            """,
            row -> new Freed(row.getString(1), row.getString(2), row.getInt(3)));
    for (Freed freed : all) {
      wake(connection, freed.tenant(), freed.trigger(), freed.runs());
    }
  }
}
