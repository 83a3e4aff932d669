package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.rule.Collect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes firings whose time has come, of all subjects in turn and of each the oldest first, and
 * names their runs before these are made. What a server that died had taken is taken again, with
 * the same name. Of several servers one does so at a time, so that no trigger has more runs than it
 * may.
 */
final class ClaimFirings {

  /** In hand of one server. */
  private static final int AT_ONCE = 50;

  /**
   * Of one subject in a claim, and none if it has so many in hand, so that what takes long of one
   * leaves room for the others.
   */
  private static final int MOST_OF_SUBJECT = 25;

  /**
   * First those of subjects that have the least in hand, then the oldest; each trigger's in their
   * order. It goes from subject to subject by the index, and reads no more of one than may be
   * taken.
   */
  static final String FAIR =
      """
      WITH RECURSIVE held (subject, count) AS (SELECT * FROM unnest(?::text[], ?::int[])),
      subjects (subject) AS (
        (SELECT subject FROM firing
          WHERE state IN ('collecting', 'waiting') AND due < 'infinity' ORDER BY subject LIMIT 1)
        UNION ALL
        SELECT (SELECT f.subject FROM firing f
          WHERE f.state IN ('collecting', 'waiting') AND f.due < 'infinity'
            AND f.subject > s.subject ORDER BY f.subject LIMIT 1)
        FROM subjects s WHERE s.subject IS NOT NULL),
      turns (id, turn) AS (
        SELECT n.id, coalesce(h.count, 0) + row_number() OVER (PARTITION BY s.subject ORDER BY n.id)
        FROM subjects s LEFT JOIN held h ON h.subject = s.subject
        CROSS JOIN LATERAL (
          SELECT f.id FROM firing f
          WHERE f.subject = s.subject AND f.state IN ('collecting', 'waiting')
            AND f.due < 'infinity' AND f.due <= now()
            AND (f.decided IS NULL OR NOT EXISTS (SELECT FROM firing o WHERE o.state = 'deciding'
              AND o.tenant = f.tenant AND o.trigger = f.trigger AND o.id < f.id))
          ORDER BY f.id LIMIT ?) n
        WHERE coalesce(h.count, 0) < ?)
      SELECT id, tenant, trigger, version, coalesce(run, ''), coalesce(check_run, ''), checked, tries,
        begun IS NOT NULL, state = 'collecting', decided FROM firing
      WHERE state IN ('collecting', 'waiting') AND due <= now()
        AND id = ANY (ARRAY(SELECT id FROM turns ORDER BY turn, id LIMIT ?))
      ORDER BY id FOR UPDATE SKIP LOCKED
      """;

  private final Sql sql;
  private final RunMaker runs;
  private final KeepOverlap overlap;
  private final long instance;

  /**
   * @param instance this server's number
   */
  ClaimFirings(DataSource database, RunMaker runs, long instance) {
    this.sql = new Sql(database);
    this.runs = runs;
    this.overlap = new KeepOverlap(runs);
    this.instance = instance;
  }

  /**
   * One whose time has come.
   *
   * @param collecting whether it is not complete by then
   */
  private record Due(
      long id,
      String tenant,
      String trigger,
      int version,
      String run,
      String check,
      boolean checked,
      int tries,
      boolean begun,
      boolean collecting,
      @Nullable String decided) {}

  /**
   * @param inHand what it gave before and is not settled yet; what else this server had was left
   */
  List<Claimed> next(Collection<Claimed> inHand) throws IOException {
    return sql.inTransaction(connection -> {
      Sql.run(connection, "SELECT pg_advisory_xact_lock(hashtext('twinflow start'))");
      EndedChecks.take(connection);
      Parked.wakeForEnded(connection);
      giveBack(connection, inHand);
      Map<String, List<Due>> byTrigger = new LinkedHashMap<>();
      for (Due due : due(connection, inHand)) {
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

  /** Servers that died make nothing any more, nor does this one of what it had before. */
  private void giveBack(Connection connection, Collection<Claimed> inHand) throws SQLException {
    // One by one: each state has an index.
    for (String state : List.of("starting", "deciding")) {
      Sql.run(
          connection,
          """
          UPDATE firing f SET state = 'waiting', due = now(), changed = now()
          WHERE state = '%s' AND id <> ALL (?) AND (starter = ? OR NOT EXISTS (
            SELECT FROM instance i
            WHERE i.id = f.starter AND i.heartbeat + i.lease > clock_timestamp()))
          """
              .formatted(state),
          Claimed.ids(inHand),
          instance);
    }
  }

  private static List<Due> due(Connection connection, Collection<Claimed> inHand)
      throws SQLException, IOException {
    Map<String, Integer> held =
        inHand.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.trigger().subject(), Collectors.summingInt(each -> 1)));
    return Sql.list(
        connection,
        FAIR,
        row ->
            new Due(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getBoolean(7),
                row.getInt(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getString(11)),
        held.keySet().toArray(String[]::new),
        held.values().toArray(Integer[]::new),
        MOST_OF_SUBJECT,
        MOST_OF_SUBJECT,
        Math.max(0, AT_ONCE - inHand.size()));
  }

  private List<Claimed> ofTrigger(Connection connection, List<Due> firings)
      throws SQLException, IOException {
    List<Claimed> claimed = new ArrayList<>();
    for (Due due : firings) {
      Optional<Trigger> trigger = trigger(connection, due);
      if (trigger.isPresent() && isComplete(connection, due, trigger.get().rule().collect())) {
        claimed.add(claimed(due, trigger.get()));
      }
    }
    List<Claimed> all = new ArrayList<>(claimed.stream().filter(Claimed::isToDecide).toList());
    claimed.removeAll(all);
    List<Claimed> now = claimed.isEmpty() ? claimed : KeepRate.of(connection, claimed);
    all.addAll(now.isEmpty() ? now : overlap.of(connection, now));
    return all;
  }

  /**
   * What is decided first has no name for a run that may not come, and is none of those going on.
   */
  private Claimed claimed(Due due, Trigger trigger) {
    if (trigger.decision() != null && due.decided() == null) {
      return new Claimed(due.id(), trigger, "", null, due.tries(), due.begun(), null);
    }
    String run = due.run().isEmpty() ? runs.newRun() : due.run();
    @Nullable String check = null;
    if (trigger.checkWorkflow() != null && !due.checked()) {
      check = due.check().isEmpty() ? runs.newRun() : due.check();
    }
    return new Claimed(due.id(), trigger, run, check, due.tries(), due.begun(), due.decided());
  }

  /** What waits for certain events makes no run of the others, unless somebody wants it. */
  private static boolean isComplete(Connection connection, Due due, @Nullable Collect collect)
      throws SQLException, IOException {
    if (!due.collecting() || collect == null || collect.all().isEmpty()) {
      return true;
    }
    Sql.run(
        connection,
        "UPDATE firing SET state = 'dead', reason = ?, changed = now() WHERE id = ?",
        "did not come: " + String.join(", ", Items.missing(connection, due.id(), collect)),
        due.id());
    return false;
  }

  /** What cannot be read keeps no other from its run. */
  private Optional<Trigger> trigger(Connection connection, Due due)
      throws SQLException, IOException {
    try {
      return Triggers.version(connection, due.tenant(), due.trigger(), due.version());
    } catch (UnreadableTriggerException e) {
      Sql.run(
          connection,
          "UPDATE firing SET state = 'dead', reason = ?, changed = now() WHERE id = ?",
          e.getMessage(),
          due.id());
      return Optional.empty();
    }
  }

  private void write(Connection connection, List<Claimed> all) throws SQLException {
    List<Claimed> undecided = all.stream().filter(Claimed::isToDecide).toList();
    if (!undecided.isEmpty()) {
      Sql.run(
          connection,
          """
          UPDATE firing SET state = 'deciding', starter = ?, changed = now() WHERE id = ANY (?)
          """,
          instance,
          Claimed.ids(undecided));
    }
    List<Claimed> claimed = all.stream().filter(each -> !each.isToDecide()).toList();
    if (claimed.isEmpty()) {
      return;
    }
    Sql.run(
        connection,
        """
        UPDATE firing f SET state = 'starting', run = c.run, starter = ?, changed = now(),
          begun = coalesce(f.begun, now()), check_run = coalesce(c.check_run, f.check_run)
        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS c (id, run, check_run) WHERE f.id = c.id
        """,
        instance,
        Claimed.ids(claimed),
        claimed.stream().map(Claimed::run).toArray(String[]::new),
        claimed.stream().map(Claimed::check).toArray(String[]::new));
  }
}
