package io.twinflow.engine.server.queue;

import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.queue.Bounds;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.Executor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who waits, for what, and at which place: the queue, and tasks that wait for a site. */
@Component
public final class WaitingRuns {

  /** As if each subject were given as many as the others in turn, whatever the limits say. */
  private static final String PLACED =
      """
      WITH busy AS (
        SELECT subject, count(*) AS runs FROM run
        WHERE tenant = :tenant AND kind = 'cwl' AND admitted IS NOT NULL AND ended IS NULL GROUP BY 1
      ), queued AS (
        SELECT r.id, r.subject, r.workflow, r.priority, r.created, t.turn,
          coalesce(b.runs, 0) + row_number() OVER (PARTITION BY r.subject ORDER BY t.turn, r.id)
            AS lap
        FROM run r LEFT JOIN busy b ON b.subject = r.subject,
          LATERAL (SELECT extract(epoch FROM r.created)::float8 - 60.0 * r.priority AS turn) t
        WHERE r.tenant = :tenant AND r.created IS NOT NULL AND r.admitted IS NULL
          AND r.ended IS NULL
      ), placed AS (
        SELECT id, subject, workflow, priority, created,
          row_number() OVER (ORDER BY lap, turn, id) AS position FROM queued
      )
      SELECT * FROM placed WHERE (:all OR subject = :subject)
        AND (:run::text IS NULL OR id = :run) AND position > :after
      ORDER BY position LIMIT :most
      """;

  private final JdbcClient database;
  private final Sql sql;
  private final String tenant;
  private final String site;

  WaitingRuns(DataSource database, Instance instance, Executor executor) {
    this.database = JdbcClient.create(database);
    this.sql = new Sql(database);
    this.tenant = instance.tenant();
    this.site = executor.site();
  }

  /**
   * Runs that wait for their turn, in the order of their places.
   *
   * @param after the place of the last one of the page before
   */
  List<QueueRow> queued(Caller caller, long after, int most) throws IOException {
    return queued(caller, null, after, most);
  }

  private List<QueueRow> queued(Caller caller, @Nullable String run, long after, int most)
      throws IOException {
    WhyQueued why = why();
    return database
        .sql(PLACED)
        .param("tenant", caller.tenant())
        .param("all", caller.administrator())
        .param("subject", caller.subject())
        .param("run", run)
        .param("after", after)
        .param("most", most)
        .query((row, number) ->
            new QueueRow(
                row.getString("id"),
                row.getString("subject"),
                row.getString("workflow"),
                row.getInt("priority"),
                row.getLong("position"),
                0,
                row.getTimestamp("created").toInstant(),
                why.of(
                    row.getString("subject"), row.getString("workflow"), row.getLong("position"))))
        .list();
  }

  private WhyQueued why() throws IOException {
    Map<String, Integer> bySubject = new HashMap<>();
    Map<String, Integer> byWorkflow = new HashMap<>();
    database
        .sql(
            """
            SELECT subject, workflow, count(*) FROM run
            WHERE tenant = ? AND kind = 'cwl' AND admitted IS NOT NULL AND ended IS NULL GROUP BY 1, 2
            """)
        .param(tenant)
        .query(row -> {
          bySubject.merge(row.getString(1), row.getInt(3), Integer::sum);
          byWorkflow.merge(row.getString(2), row.getInt(3), Integer::sum);
        });
    return new WhyQueued(Bounds.read(sql, tenant), site, bySubject, byWorkflow);
  }

  /** Runs that go on and have tasks that wait for slots at the site; who waits longest first. */
  List<QueueRow> forSlots(Caller caller, int most) {
    return database
        .sql(
            """
            SELECT w.run, r.subject, r.workflow, r.priority, w.tasks, w.since, w.code, w.reason
            FROM waiting w JOIN run r ON r.id = w.run
            WHERE w.tenant = ? AND r.ended IS NULL AND (? OR r.subject = ?)
            ORDER BY w.since, w.run LIMIT ?
            """)
        .params(caller.tenant(), caller.administrator(), caller.subject(), most)
        .query((row, number) ->
            new QueueRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                null,
                row.getInt(5),
                row.getTimestamp(6).toInstant(),
                new Waiting(row.getString(7), row.getString(8), row.getTimestamp(6).toInstant())))
        .list();
  }

  /** Why a run that has not begun waits for its turn; empty if it does not. */
  public Optional<Waiting> turn(Caller caller, String run) throws IOException {
    return queued(caller, run, 0, 1).stream()
        .map(row -> new Waiting(row.waiting().code(), row.waiting().reason(), row.since()))
        .findFirst();
  }

  /** Why tasks of a run are ready and not submitted; empty if there are none. */
  public Optional<Waiting> slots(String run) {
    return database
        .sql("SELECT code, reason, since FROM waiting WHERE run = ?")
        .param(run)
        .query((row, number) ->
            new Waiting(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
        .optional();
  }
}
