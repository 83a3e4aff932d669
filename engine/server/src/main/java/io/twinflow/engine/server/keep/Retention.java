package io.twinflow.engine.server.keep;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules, and which runs they keep no longer. Without rules everything is kept. */
@Component
public class Retention {

  /** A run with this label, whatever its value, is kept in any case. */
  public static final String PIN = "keep";

  private final JdbcClient database;

  Retention(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  public List<Rule> rules(String tenant) {
    return database
        .sql(
            """
            SELECT workflow, max_seconds, max_runs, max_bytes FROM retention
            WHERE tenant = ? ORDER BY workflow
            """)
        .param(tenant)
        .query((row, number) -> rule(row))
        .list();
  }

  private static Rule rule(ResultSet row) throws SQLException {
    Long seconds = row.getObject(2, Long.class);
    return new Rule(
        row.getString(1),
        seconds == null ? null : Duration.ofSeconds(seconds),
        row.getObject(3, Integer.class),
        row.getObject(4, Long.class));
  }

  /** How long events are kept that no run needs; empty for ever. */
  public Optional<Duration> events(String tenant) {
    return database
        .sql("SELECT max_seconds FROM event_retention WHERE tenant = ?")
        .param(tenant)
        .query((row, number) -> Duration.ofSeconds(row.getLong(1)))
        .optional();
  }

  /** Of all tenants, since when events are kept. */
  Map<String, Instant> eventsSince(Instant now) {
    Map<String, Instant> since = new LinkedHashMap<>();
    database
        .sql("SELECT tenant, max_seconds FROM event_retention ORDER BY tenant")
        .query(row -> {
          since.put(row.getString(1), now.minusSeconds(row.getLong(2)));
        });
    return since;
  }

  /**
   * In the place of those there are.
   *
   * @param events how long events are kept; null for ever
   */
  @Transactional
  public void replace(Caller caller, List<Rule> rules, @Nullable Duration events) {
    database.sql("DELETE FROM event_retention WHERE tenant = ?").param(caller.tenant()).update();
    if (events != null) {
      database
          .sql("INSERT INTO event_retention (tenant, max_seconds, changed_by) VALUES (?, ?, ?)")
          .params(caller.tenant(), events.toSeconds(), caller.subject())
          .update();
    }
    database.sql("DELETE FROM retention WHERE tenant = ?").param(caller.tenant()).update();
    for (Rule rule : rules) {
      Duration age = rule.age();
      database
          .sql(
              """
              INSERT INTO retention (tenant, workflow, max_seconds, max_runs, max_bytes, changed_by)
              VALUES (?, ?, ?, ?, ?, ?)
              """)
          .param(1, caller.tenant())
          .param(2, rule.workflow())
          .param(3, age == null ? null : age.toSeconds(), Types.BIGINT)
          .param(4, rule.runs(), Types.INTEGER)
          .param(5, rule.bytes(), Types.BIGINT)
          .param(6, caller.subject())
          .update();
    }
  }

  /** The runs that are not to be kept, oldest first; not those that an open run still needs. */
  List<Garbage> due(References references) {
    return database
        .sql(
            """
            SELECT id, coalesce(bytes, 0), CASE
                WHEN ended < now() - make_interval(secs => max_seconds) THEN 'ended longer ago than the rule keeps'
                WHEN place > max_runs THEN 'there are ' || max_runs || ' newer ones'
                ELSE 'with the newer ones it takes more than ' || max_bytes || ' bytes' END
            FROM (
              SELECT r.id, r.ended, r.bytes, p.max_seconds, p.max_runs, p.max_bytes,
                  row_number() OVER newest AS place,
                  sum(coalesce(r.bytes, 0)) OVER newest AS together
              FROM run r
              JOIN retention p ON p.tenant = r.tenant AND p.workflow = CASE
                WHEN EXISTS (SELECT FROM retention o
                  WHERE o.tenant = r.tenant AND o.workflow = r.workflow) THEN r.workflow ELSE '' END
              WHERE r.ended IS NOT NULL AND r.deleting IS NULL AND NOT jsonb_exists(r.labels, :pin)
              WINDOW newest AS (PARTITION BY r.tenant, r.workflow ORDER BY r.id DESC)) AS listed
            WHERE ended < now() - make_interval(secs => max_seconds)
                OR place > max_runs OR together > max_bytes
            ORDER BY id
            """)
        .param("pin", PIN)
        .query((row, number) ->
            new Garbage(
                Garbage.Kind.EXPIRED_RUN, row.getString(1), row.getLong(2), row.getString(3)))
        .list()
        .stream()
        .filter(run -> !references.isNeededByOpenRun(new RunId(run.name())))
        .toList();
  }
}
