package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Overlap;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Takes firings whose time has come, the oldest first, and names their runs before these are made.
 * What a server that died had taken is taken again, with the same name. Of several servers one does
 * so at a time, so that no trigger has more runs than it may.
 */
final class ClaimFirings {

  private static final int AT_ONCE = 50;

  private final Sql sql;
  private final Triggers triggers;
  private final RunMaker runs;
  private final long instance;

  /**
   * @param instance this server's number
   */
  ClaimFirings(DataSource database, Triggers triggers, RunMaker runs, long instance) {
    this.sql = new Sql(database);
    this.triggers = triggers;
    this.runs = runs;
    this.instance = instance;
  }

  private record Due(long id, String tenant, String trigger, int version, String run, int tries) {}

  /** To be called when all that it gave before has been settled: what is left of that was not. */
  List<Claimed> next() throws IOException {
    return sql.inTransaction(connection -> {
      Sql.run(connection, "SELECT pg_advisory_xact_lock(hashtext('twinflow start'))");
      giveBack(connection);
      Map<String, List<Due>> byTrigger = new LinkedHashMap<>();
      for (Due due : due(connection)) {
        byTrigger
            .computeIfAbsent(due.tenant() + "/" + due.trigger(), name -> new ArrayList<>())
            .add(due);
      }
      List<Claimed> claimed = new ArrayList<>();
      for (List<Due> firings : byTrigger.values()) {
        claimed.addAll(ofTrigger(connection, firings));
      }
      write(connection, claimed);
      return claimed;
    });
  }

  /** Ended runs make room, and servers that died make nothing any more. */
  private void giveBack(Connection connection) throws SQLException {
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'done', changed = now()
        WHERE state = 'started' AND NOT EXISTS (
          SELECT FROM run r WHERE r.id = f.run AND r.ended IS NULL)
        """);
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'waiting', due = now(), changed = now()
        WHERE state = 'starting' AND (starter = ? OR NOT EXISTS (
          SELECT FROM instance i
          WHERE i.id = f.starter AND i.heartbeat + i.lease > clock_timestamp()))
        """,
        instance);
  }

  private static List<Due> due(Connection connection) throws SQLException, IOException {
    return Sql.list(
        connection,
        """
        SELECT id, tenant, trigger, version, coalesce(run, ''), tries FROM firing
        WHERE state IN ('waiting', 'collecting') AND due <= now()
        ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED
        """,
        row ->
            new Due(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getInt(6)),
        AT_ONCE);
  }

  private List<Claimed> ofTrigger(Connection connection, List<Due> firings)
      throws SQLException, IOException {
    List<Claimed> claimed = new ArrayList<>();
    for (Due due : firings) {
      Optional<Trigger> trigger = triggers.version(due.tenant(), due.trigger(), due.version());
      if (trigger.isEmpty()) {
        throw new IOException("firing %d has no trigger %s".formatted(due.id(), due.trigger()));
      }
      String run = due.run().isEmpty() ? runs.newRun() : due.run();
      claimed.add(new Claimed(due.id(), trigger.get(), run, due.tries()));
    }
    Overlap overlap = claimed.getLast().trigger().rule().overlap();
    return overlap.most() == Integer.MAX_VALUE ? claimed : limited(connection, claimed, overlap);
  }

  private List<Claimed> limited(Connection connection, List<Claimed> claimed, Overlap overlap)
      throws SQLException, IOException {
    Trigger trigger = claimed.getFirst().trigger();
    List<String> going =
        Sql.list(
            connection,
            """
            SELECT run FROM firing WHERE tenant = ? AND trigger = ?
              AND state IN ('starting', 'started') ORDER BY id
            """,
            row -> row.getString(1),
            trigger.tenant(),
            trigger.name());
    int room = Math.max(0, overlap.most() - going.size());
    List<Claimed> now = claimed.subList(0, Math.min(room, claimed.size()));
    List<Claimed> rest = claimed.subList(now.size(), claimed.size());
    if (rest.isEmpty()) {
      return now;
    }
    return switch (overlap.then()) {
      case QUEUE -> {
        leave(
            connection,
            rest,
            "waiting",
            "waits for one of %d runs to end".formatted(overlap.most()));
        yield now;
      }
      case SKIP -> {
        leave(connection, rest, "skipped", "%d runs of it were going on".formatted(overlap.most()));
        yield now;
      }
      case REPLACE -> replaced(connection, going, now, rest);
    };
  }

  /** The last one takes the place of the oldest run; those between had never begun. */
  private List<Claimed> replaced(
      Connection connection, List<String> going, List<Claimed> now, List<Claimed> rest)
      throws SQLException, IOException {
    Claimed last = rest.getLast();
    if (!going.isEmpty()) {
      runs.cancel(last.trigger().tenant(), going.getFirst(), "replaced by run " + last.run());
    }
    leave(connection, rest.subList(0, rest.size() - 1), "skipped", "replaced by run " + last.run());
    List<Claimed> all = new ArrayList<>(now);
    all.add(last);
    return all;
  }

  /** They are looked at again after a while, and when a run ends. */
  private static void leave(
      Connection connection, List<Claimed> firings, String state, String reason)
      throws SQLException {
    Sql.run(
        connection,
        """
        UPDATE firing SET state = ?, reason = ?, due = now() + interval '5 seconds', changed = now()
        WHERE id = ANY (?)
        """,
        state,
        reason,
        ids(firings));
  }

  private void write(Connection connection, List<Claimed> claimed) throws SQLException {
    if (claimed.isEmpty()) {
      return;
    }
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'starting', run = c.run, starter = ?, changed = now()
        FROM unnest(?::bigint[], ?::text[]) AS c (id, run) WHERE f.id = c.id
        """,
        instance,
        ids(claimed),
        claimed.stream().map(Claimed::run).toArray(String[]::new));
  }

  private static Long[] ids(List<Claimed> firings) {
    return firings.stream().map(Claimed::id).toArray(Long[]::new);
  }
}
