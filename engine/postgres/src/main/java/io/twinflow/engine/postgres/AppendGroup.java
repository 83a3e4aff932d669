package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the appends of many runs with one statement. Each is judged by itself: whose head, owner
 * or epoch is not what it expects is left out, and the others are written all the same.
 */
final class AppendGroup {

  /**
   * What the planner guesses of the arrays' lengths makes it read the whole table of runs; every
   * row is found by its key, and the plan is made once.
   */
  static final String SETTINGS =
      "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
          + " SET plan_cache_mode = force_generic_plan; SET jit = off";

  private static final String SQL =
      """
      WITH asked AS (
        SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::boolean[], ?::boolean[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[])
          WITH ORDINALITY AS a (run, claim, expected, last, epoch, takes_over, releases, append_id,
            lines,
            subject, workflow, version, labels, created, state, ended, failure, place)
      ), taken AS (
        UPDATE run r SET
            head = a.last,
            epoch = a.epoch,
            owner = CASE WHEN a.releases THEN NULL ELSE r.owner END,
            subject = coalesce(a.subject, r.subject),
            workflow = coalesce(a.workflow, r.workflow),
            version = coalesce(a.version, r.version),
            labels = coalesce(a.labels::jsonb, r.labels),
            created = coalesce(a.created, r.created),
            state = coalesce(a.state, r.state),
            ended = coalesce(a.ended, r.ended),
            failure = coalesce(a.failure, r.failure)
          FROM asked a
          WHERE r.id = a.run AND r.owner = ? AND r.claim = a.claim AND r.head = a.expected
            AND (r.epoch = a.epoch OR (a.takes_over AND r.epoch < a.epoch))
          RETURNING r.tenant, a.run, a.expected, a.last, a.append_id, a.lines, a.place
      ), clock AS (
        UPDATE journal_clock SET position = position + (SELECT count(*) FROM taken)
          RETURNING position
      )
      INSERT INTO journal (tenant, run, first, last, position, append_id, lines)
        SELECT t.tenant, t.run, t.expected + 1, t.last,
            c.position - row_number() OVER (ORDER BY t.place DESC) + 1, t.append_id, t.lines
          FROM taken t CROSS JOIN clock c
        RETURNING run
      """;

  private final long instance;

  /**
   * @param instance the engine that appends
   */
  AppendGroup(long instance) {
    this.instance = instance;
  }

  /**
   * @return the runs whose append was taken; they are durable when the transaction is committed
   */
  Set<RunId> write(Connection connection, List<PendingAppend> appends) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Columns<PendingAppend> columns = new Columns<>(connection, statement, appends);
      columns.add("text", append -> append.run().value());
      columns.add("bigint", PendingAppend::claim);
      columns.add("bigint", PendingAppend::expected);
      columns.add("bigint", PendingAppend::last);
      columns.add("bigint", PendingAppend::epoch);
      columns.add("boolean", PendingAppend::takesOver);
      columns.add("boolean", PendingAppend::releases);
      columns.add("text", PendingAppend::appendId);
      columns.addBytes(PendingAppend::lines);
      columns.add("text", append -> append.change().subject());
      columns.add("text", append -> append.change().workflow());
      columns.add("text", append -> append.change().version());
      columns.add("text", append -> append.change().labels());
      columns.add("timestamptz", append -> text(append.change().created()));
      columns.add("text", append -> append.change().state());
      columns.add("timestamptz", append -> text(append.change().ended()));
      columns.add("text", append -> append.change().failure());
      statement.setLong(columns.next(), instance);
      Set<RunId> taken = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.add(new RunId(rows.getString(1)));
        }
      }
      return taken;
    }
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
