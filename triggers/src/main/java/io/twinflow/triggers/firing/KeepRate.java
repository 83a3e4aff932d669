package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Rate;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets no trigger begin more runs in a time than it wants. Each firing that is too many is given
 * the moment of its turn once, so that nobody looks at it in vain.
 */
final class KeepRate {

  private KeepRate() {}

  /**
   * What was, at one moment.
   *
   * @param now by the database's clock
   * @param begun when the runs began that still count, the oldest first
   * @param waiting those whose moment was given before
   */
  private record Before(Instant now, List<Instant> begun, int waiting) {}

  /**
   * @param claimed of one trigger, the oldest first
   * @return those that may start now; what has begun before and is tried again is among them
   */
  static List<Claimed> of(Connection connection, List<Claimed> claimed)
      throws SQLException, IOException {
    Trigger trigger = claimed.getLast().trigger();
    Rate rate = trigger.rule().rate();
    List<Claimed> fresh = claimed.stream().filter(firing -> !firing.begun()).toList();
    if (rate == null || fresh.isEmpty()) {
      return claimed;
    }
    Before before = before(connection, trigger, rate);
    int room = Math.clamp((long) rate.most() - before.begun().size(), 0, fresh.size());
    List<Claimed> rest = fresh.subList(room, fresh.size());
    if (!rest.isEmpty()) {
      postpone(connection, rest, turns(before, rate, room, rest.size()), rate);
    }
    return claimed.stream().filter(firing -> !rest.contains(firing)).toList();
  }

  private static Before before(Connection connection, Trigger trigger, Rate rate)
      throws SQLException, IOException {
    Instant now =
        Sql.list(connection, "SELECT now()", row -> row.getTimestamp(1).toInstant()).getFirst();
    List<Instant> begun =
        Sql.list(
            connection,
            """
            SELECT begun FROM firing WHERE tenant = ? AND trigger = ? AND begun > ?
            ORDER BY begun DESC LIMIT ?
            """,
            row -> row.getTimestamp(1).toInstant(),
            trigger.tenant(),
            trigger.name(),
            Timestamp.from(now.minus(rate.per())),
            rate.most());
    int waiting =
        Sql.list(
                connection,
                """
                SELECT count(*) FROM firing WHERE tenant = ? AND trigger = ? AND state = 'waiting'
                  AND begun IS NULL AND tries = 0 AND due > now() AND due < 'infinity'
                """,
                row -> row.getInt(1),
                trigger.tenant(),
                trigger.name())
            .getFirst();
    return new Before(now, begun.reversed(), waiting);
  }

  /** Each begins so long after the one that is {@code most} before it in the row. */
  private static List<Timestamp> turns(Before before, Rate rate, int starting, int count) {
    List<Instant> row = new ArrayList<>(before.begun());
    for (int i = 0; i < starting; i++) {
      row.add(before.now());
    }
    List<Timestamp> turns = new ArrayList<>();
    for (int i = before.waiting(); i < before.waiting() + count; i++) {
      Instant slot = row.get(i % row.size());
      turns.add(Timestamp.from(slot.plus(rate.per().multipliedBy(1L + i / row.size()))));
    }
    return turns;
  }

  private static void postpone(
      Connection connection, List<Claimed> rest, List<Timestamp> turns, Rate rate)
      throws SQLException {
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'waiting', due = w.due, reason = ?, changed = now()
        FROM unnest(?::bigint[], ?::timestamptz[]) AS w (id, due) WHERE f.id = w.id
        """,
        "waits for its turn: " + rate.words(),
        Claimed.ids(rest),
        turns.toArray(Timestamp[]::new));
  }
}
