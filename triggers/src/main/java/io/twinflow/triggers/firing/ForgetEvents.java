package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Forgets what events said that are old, and the firings that came of them. What a run came of
 * stays as long as the run, and what is dead or quarantined until somebody has decided. That an
 * event was there is never forgotten: sent again, it is known.
 */
public final class ForgetEvents {

  private static final int TOGETHER = 1_000;

  private static final String OLD =
      """
      FROM event e WHERE tenant = ? AND state IN ('matched', 'unmatched', 'refused') AND received < ?
        AND NOT EXISTS (
          SELECT FROM firing_event l JOIN firing f ON f.id = l.firing
          WHERE l.event = e.id AND (f.state NOT IN ('done', 'skipped')
            OR EXISTS (SELECT FROM run r WHERE r.id IN (f.run, f.check_run))))
      """;
  private static final String SIZES =
      "SELECT count(*), coalesce(sum(octet_length(attributes) + coalesce(octet_length(data), 0)), 0) "
          + OLD;
  private static final String SOME = "SELECT id " + OLD + " ORDER BY id LIMIT ? FOR UPDATE";
  private static final String EMPTY =
      """
      UPDATE event SET state = 'forgotten', source = '', event_id = '', type = '', subject = NULL,
        time = NULL, attributes = '', data = NULL, reason = NULL WHERE id = ANY (?)
      """;
  private static final String FIRINGS =
      """
      WITH links AS (DELETE FROM firing_event WHERE event = ANY (?) RETURNING firing)
      DELETE FROM firing f WHERE id IN (SELECT firing FROM links) AND state IN ('done', 'skipped')
        AND NOT EXISTS (SELECT FROM firing_event l
          WHERE l.firing = f.id AND l.event <> ALL (?))
      """;

  private final Sql sql;

  public ForgetEvents(DataSource database) {
    this.sql = new Sql(database);
  }

  /**
   * What would be forgotten.
   *
   * @param bytes of their attributes and data
   */
  public record Old(long events, long bytes) {}

  /**
   * @param before when they came
   */
  public Old old(String tenant, Instant before) throws IOException {
    return sql.list(
            SIZES, row -> new Old(row.getLong(1), row.getLong(2)), tenant, Timestamp.from(before))
        .getFirst();
  }

  /** In steps, so that nobody waits for it. */
  public void forget(String tenant, Instant before) throws IOException {
    int some = TOGETHER;
    while (some == TOGETHER) {
      some = sql.inTransaction(connection -> step(connection, tenant, before));
    }
  }

  private static int step(Connection connection, String tenant, Instant before)
      throws SQLException, IOException {
    Long[] events =
        Sql.list(connection, SOME, row -> row.getLong(1), tenant, Timestamp.from(before), TOGETHER)
            .toArray(Long[]::new);
    if (events.length > 0) {
      Sql.run(connection, FIRINGS, (Object) events, events);
      Sql.run(connection, EMPTY, (Object) events);
    }
    return events.length;
  }
}
