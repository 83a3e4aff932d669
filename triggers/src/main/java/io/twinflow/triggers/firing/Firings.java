package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What came of events, for people, and what they want tried again. */
public final class Firings {

  private static final String COLUMNS =
      """
      SELECT id, trigger, version, subject, key, state, due, run, check_run, tries, reason, decided,
        events, created, changed FROM firing WHERE tenant = ?
      """;

  private final Sql sql;
  private final Runnable changed;

  /**
   * @param changed called when there are firings to start
   */
  public Firings(DataSource database, Runnable changed) {
    this.sql = new Sql(database);
    this.changed = changed;
  }

  /**
   * What is asked for. Null asks for all.
   *
   * @param subject only of their triggers
   * @param event only those that have this event
   * @param before only older ones than this, from the page before
   */
  public record Query(
      @Nullable String subject,
      @Nullable String trigger,
      @Nullable String state,
      @Nullable String run,
      @Nullable Long event,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long before) {}

  /** The newest first. */
  public List<Firing> page(String tenant, Query query, int most) throws IOException {
    StringBuilder statement = new StringBuilder(COLUMNS);
    List<Object> parameters = new ArrayList<>(List.of(tenant));
    conditions(query, statement, parameters);
    statement.append(" ORDER BY id DESC LIMIT ?");
    parameters.add(most);
    return sql.list(statement.toString(), Firings::row, parameters.toArray());
  }

  private static void conditions(Query query, StringBuilder statement, List<Object> parameters) {
    and(statement, parameters, "subject = ?", query.subject());
    and(statement, parameters, "trigger = ?", query.trigger());
    and(statement, parameters, "state = ?", query.state());
    if (query.run() != null) {
      statement.append(" AND (run = ? OR check_run = ?)");
      parameters.addAll(List.of(query.run(), query.run()));
    }
    and(statement, parameters, "created >= ?", timestamp(query.from()));
    and(statement, parameters, "created < ?", timestamp(query.to()));
    and(statement, parameters, "id < ?", query.before());
    and(
        statement,
        parameters,
        "id IN (SELECT firing FROM firing_event WHERE event = ?)",
        query.event());
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant time) {
    return time == null ? null : Timestamp.from(time);
  }

  private static void and(
      StringBuilder statement, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      statement.append(" AND ").append(condition);
      parameters.add(value);
    }
  }

  /**
   * @param subject only of their triggers; null for all
   */
  public Optional<Firing> find(String tenant, @Nullable String subject, long id)
      throws IOException {
    return sql
        .list(
            COLUMNS + " AND id = ? AND (?::text IS NULL OR subject = ?)",
            Firings::row,
            tenant,
            id,
            subject,
            subject)
        .stream()
        .findFirst();
  }

  /** The numbers of its events in the inbox, in their order. */
  public List<Long> events(long firing) throws IOException {
    return sql.list(
        "SELECT event FROM firing_event WHERE firing = ? ORDER BY event",
        row -> row.getLong(1),
        firing);
  }

  /**
   * Tries dead and quarantined firings again, by the present version of their trigger.
   *
   * @param query which; others are left alone
   * @param firing this one alone; null for all
   * @param unchecked whether their data are taken for good
   * @return how many
   */
  public int replay(String tenant, Query query, @Nullable Long firing, boolean unchecked)
      throws IOException {
    StringBuilder statement =
        new StringBuilder(
            """
            UPDATE firing f SET state = 'waiting', due = now(), tries = 0, reason = NULL,
              run = (SELECT r.id FROM run r WHERE r.id = f.run), check_run = NULL, checked = ?,
              decided = NULL, changed = now(), version = (SELECT t.version FROM trigger t
                WHERE t.tenant = f.tenant AND t.name = f.trigger AND t.current)
            WHERE tenant = ? AND state IN ('dead', 'quarantined') AND EXISTS (SELECT FROM trigger t
                WHERE t.tenant = f.tenant AND t.name = f.trigger AND t.current)
            """);
    List<Object> parameters = new ArrayList<>(List.of(unchecked, tenant));
    conditions(query, statement, parameters);
    and(statement, parameters, "id = ?", firing);
    int count = sql.change(statement.toString(), parameters.toArray());
    if (count > 0) {
      changed.run();
    }
    return count;
  }

  private static Firing row(ResultSet row) throws SQLException {
    return new Firing(
        row.getLong(1),
        row.getString(2),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getTimestamp(7).toInstant(),
        row.getString(8),
        row.getString(9),
        row.getInt(10),
        row.getString(11),
        row.getString(12),
        row.getInt(13),
        row.getTimestamp(14).toInstant(),
        row.getTimestamp(15).toInstant());
  }
}
