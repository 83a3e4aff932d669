package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.triggers.rule.TriggerRule;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The triggers of an installation, with all their versions. */
public final class Triggers {

  private static final Logger LOG = System.getLogger(Triggers.class.getName());

  private static final String COLUMNS =
      """
      SELECT tenant, name, version, subject, document, workflow, check_workflow, decision,
        current, enabled, created
      FROM trigger
      """;

  /** Each server holds all of them in memory, and looks through them when one was changed. */
  public static final int MOST_OF_ONE = 10_000;

  private final Sql sql;
  private final Runnable changed;

  /**
   * @param changed called after each change
   */
  public Triggers(DataSource database, Runnable changed) {
    this.sql = new Sql(database);
    this.changed = changed;
  }

  /** A trigger that is to be saved. */
  public record NewTrigger(
      String tenant,
      String subject,
      String document,
      String workflow,
      @Nullable String checkWorkflow,
      @Nullable String decision,
      TriggerRule rule) {}

  /**
   * Saves a trigger, as the next version if there is one of its name with another document.
   *
   * @param mayTakeOver whether it may be somebody else's until now
   * @return empty if the name belongs to somebody else
   */
  public Optional<Trigger> save(NewTrigger trigger, boolean mayTakeOver) throws IOException {
    return changing(connection -> save(connection, trigger, mayTakeOver))
        ? find(trigger.tenant(), null, trigger.rule().name())
        : Optional.empty();
  }

  private static boolean save(Connection connection, NewTrigger trigger, boolean mayTakeOver)
      throws SQLException, IOException {
    String name = trigger.rule().name();
    record Before(int version, String subject, boolean current, boolean same) {}
    Optional<Before> before =
        Sql.list(
                connection,
                """
                SELECT version, subject, current, document = ? AND workflow = ?
                  AND check_workflow IS NOT DISTINCT FROM ? AND decision IS NOT DISTINCT FROM ?
                  AND subject = ?
                FROM trigger WHERE tenant = ? AND name = ? ORDER BY version DESC LIMIT 1
                """,
                row ->
                    new Before(
                        row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                trigger.document(),
                trigger.workflow(),
                trigger.checkWorkflow(),
                trigger.decision(),
                trigger.subject(),
                trigger.tenant(),
                name)
            .stream()
            .findFirst();
    boolean theirs =
        before.isPresent()
            && before.get().current()
            && !before.get().subject().equals(trigger.subject());
    if (theirs && !mayTakeOver) {
      return false;
    }
    if (before.isPresent() && before.get().current() && before.get().same()) {
      return true;
    }
    Sql.run(
        connection,
        "UPDATE trigger SET current = false WHERE tenant = ? AND name = ? AND current",
        trigger.tenant(),
        name);
    // What the version before collects goes as far as it has come; what waits is judged anew.
    Sql.run(
        connection,
        """
        UPDATE firing SET due = now() WHERE tenant = ? AND trigger = ?
          AND (state = 'collecting' OR state = 'waiting' AND due = 'infinity')
        """,
        trigger.tenant(),
        name);
    Sql.run(
        connection,
        """
        INSERT INTO trigger
          (tenant, name, version, subject, document, workflow, check_workflow, decision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        trigger.tenant(),
        name,
        before.map(Before::version).orElse(0) + 1,
        trigger.subject(),
        trigger.document(),
        trigger.workflow(),
        trigger.checkWorkflow(),
        trigger.decision());
    return true;
  }

  /**
   * Whether somebody has so many that a further one is too many.
   *
   * @param name of the one that is to be saved, which may be there
   */
  public boolean isFull(String tenant, String subject, String name) throws IOException {
    return sql.list(
                """
                SELECT count(*) FROM trigger
                WHERE current AND tenant = ? AND subject = ? AND name <> ?
                """,
                row -> row.getInt(1),
                tenant,
                subject,
                name)
            .getFirst()
        >= MOST_OF_ONE;
  }

  /**
   * What a disabled one would have fired on is not kept for it.
   *
   * @return whether there is one
   */
  public boolean enable(String tenant, String name, boolean enabled) throws IOException {
    return changing(connection ->
        Sql.change(
                connection,
                "UPDATE trigger SET enabled = ? WHERE tenant = ? AND name = ? AND current",
                enabled,
                tenant,
                name)
            > 0);
  }

  /**
   * Its versions and firings stay; those that collect or wait come to nothing.
   *
   * @return whether there was one
   */
  public boolean delete(String tenant, String name) throws IOException {
    return changing(connection -> {
      Sql.run(
          connection,
          """
          UPDATE firing SET state = 'dead', reason = 'its trigger was deleted', changed = now()
          WHERE tenant = ? AND trigger = ? AND state IN ('collecting', 'waiting', 'deciding', 'checking')
          """,
          tenant,
          name);
      return Sql.change(
              connection,
              "UPDATE trigger SET current = false WHERE tenant = ? AND name = ? AND current",
              tenant,
              name)
          > 0;
    });
  }

  private boolean changing(Sql.Work<Boolean> work) throws IOException {
    boolean any =
        sql.inTransaction(connection -> {
          // One after the other: versions are counted, and others are told.
          Sql.run(connection, "UPDATE trigger_change SET number = number + 1");
          return work.on(connection);
        });
    if (any) {
      changed.run();
    }
    return any;
  }

  /**
   * The present version.
   *
   * @param subject only if it is theirs; null for anybody's
   */
  public Optional<Trigger> find(String tenant, @Nullable String subject, String name)
      throws IOException {
    return list(
            COLUMNS
                + " WHERE current AND tenant = ? AND name = ? AND (?::text IS NULL OR subject = ?)",
            tenant,
            name,
            subject,
            subject)
        .stream()
        .findFirst();
  }

  /** The version that a firing was made by. */
  static Optional<Trigger> version(Connection connection, String tenant, String name, int version)
      throws SQLException, IOException {
    return Sql.list(
            connection,
            COLUMNS + " WHERE tenant = ? AND name = ? AND version = ?",
            Triggers::row,
            tenant,
            name,
            version)
        .stream()
        .findFirst();
  }

  /**
   * The present versions, by name.
   *
   * @param subject only theirs; null for all
   * @param after only those behind this name; null from the first on
   */
  public List<Trigger> page(
      String tenant, @Nullable String subject, @Nullable String after, int most)
      throws IOException {
    return list(
        COLUMNS
            + """
             WHERE current AND tenant = ? AND (?::text IS NULL OR subject = ?)
               AND (?::text IS NULL OR name > ?) ORDER BY name LIMIT ?
            """,
        tenant,
        subject,
        subject,
        after,
        after,
        most);
  }

  /**
   * All versions of a trigger, also of one that was deleted, the newest first.
   *
   * @param subject only those that they saved; null for anybody's
   * @param before only those that are older than this one; null from the newest on
   */
  public List<Trigger> versions(
      String tenant, @Nullable String subject, String name, @Nullable Integer before, int most)
      throws IOException {
    return list(
        COLUMNS
            + """
             WHERE tenant = ? AND name = ? AND (?::text IS NULL OR subject = ?)
               AND (?::int IS NULL OR version < ?) ORDER BY version DESC LIMIT ?
            """,
        tenant,
        name,
        subject,
        subject,
        before,
        before,
        most);
  }

  /**
   * One version of a trigger, also of one that was deleted.
   *
   * @param subject only if they saved it; null for anybody's
   */
  public Optional<Trigger> find(String tenant, @Nullable String subject, String name, int version)
      throws IOException {
    return list(
            COLUMNS
                + " WHERE tenant = ? AND name = ? AND version = ? AND (?::text IS NULL OR subject = ?)",
            tenant,
            name,
            version,
            subject,
            subject)
        .stream()
        .findFirst();
  }

  /** All that can fire now. */
  static List<Trigger> enabled(Connection connection) throws SQLException, IOException {
    List<Optional<Trigger>> rows =
        Sql.list(connection, COLUMNS + " WHERE current AND enabled", Triggers::readable);
    return rows.stream().flatMap(Optional::stream).toList();
  }

  /** One that an engine wrote which knew more stops no other. */
  private static Optional<Trigger> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(row(row));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "nothing fires for it: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<Trigger> list(String query, @Nullable Object... parameters) throws IOException {
    return sql.list(query, Triggers::row, parameters);
  }

  private static Trigger row(ResultSet row) throws SQLException, IOException {
    String name = row.getString(2);
    try {
      return new Trigger(
          row.getString(1),
          name,
          row.getInt(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          row.getString(8),
          row.getBoolean(9),
          row.getBoolean(10),
          row.getTimestamp(11).toInstant(),
          TriggerRule.read(row.getString(5), name));
    } catch (InvalidSettingException e) {
      throw new UnreadableTriggerException(
          "the trigger %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }
}
