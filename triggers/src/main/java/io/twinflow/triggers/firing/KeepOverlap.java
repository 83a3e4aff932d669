package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Overlap;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets no trigger have more runs at one time than it wants. */
record KeepOverlap(RunMaker runs) {

  /**
   * @param claimed of one trigger, the oldest first
   * @return those that may start now
   */
  List<Claimed> of(Connection connection, List<Claimed> claimed) throws SQLException, IOException {
    Trigger trigger = claimed.getLast().trigger();
    Overlap overlap = trigger.rule().overlap();
    if (overlap.most() == Integer.MAX_VALUE) {
      return claimed;
    }
    List<String> going = going(connection, trigger);
    int room = Math.max(0, overlap.most() - going.size());
    List<Claimed> now = claimed.subList(0, Math.min(room, claimed.size()));
    List<Claimed> rest = claimed.subList(now.size(), claimed.size());
    if (rest.isEmpty()) {
      return now;
    }
    return switch (overlap.then()) {
      case QUEUE -> {
        Parked.park(connection, rest, "waits for one of %d runs to end".formatted(overlap.most()));
        yield now;
      }
      case SKIP -> {
        skip(connection, rest, "%d runs of it were going on".formatted(overlap.most()));
        yield now;
      }
      case REPLACE -> replaced(connection, going, now, rest);
    };
  }

  /** Also what is tried again after a while: nothing younger overtakes it. */
  private static List<String> going(Connection connection, Trigger trigger)
      throws SQLException, IOException {
    return Sql.list(
        connection,
        """
        SELECT CASE state WHEN 'checking' THEN check_run ELSE run END FROM firing
        WHERE tenant = ? AND trigger = ? AND (state IN ('starting', 'checking', 'started')
            OR state = 'waiting' AND run IS NOT NULL AND tries > 0 AND due > now() AND due < 'infinity')
        ORDER BY id
        """,
        row -> row.getString(1),
        trigger.tenant(),
        trigger.name());
  }

  /** The last one takes the place of the oldest run; those between had never begun. */
  private List<Claimed> replaced(
      Connection connection, List<String> going, List<Claimed> now, List<Claimed> rest)
      throws SQLException, IOException {
    Claimed last = rest.getLast();
    if (!going.isEmpty()) {
      runs.cancel(last.trigger().tenant(), going.getFirst(), "replaced by run " + last.run());
    }
    skip(connection, rest.subList(0, rest.size() - 1), "replaced by run " + last.run());
    List<Claimed> all = new ArrayList<>(now);
    all.add(last);
    return all;
  }

  private static void skip(Connection connection, List<Claimed> firings, String reason)
      throws SQLException {
    Sql.run(
        connection,
        "UPDATE firing SET state = 'skipped', reason = ?, changed = now() WHERE id = ANY (?)",
        reason,
        Claimed.ids(firings));
  }
}
