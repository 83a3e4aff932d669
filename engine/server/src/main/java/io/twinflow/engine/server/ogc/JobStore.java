package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs as jobs, with what was asked of those that were started as one. */
@Component
class JobStore {

  private static final String ROWS =
      """
      SELECT r.id, coalesce(j.process, r.workflow) AS process, r.state, r.epoch,
          coalesce(j.dismissed, false) AS dismissed, r.created, r.admitted, r.ended, r.failure
      FROM run r LEFT JOIN job j ON j.run = r.id
      WHERE r.created IS NOT NULL AND r.deleting IS NULL AND r.tenant = ?\
      """;
  private static final String DURATION =
      "extract(epoch FROM coalesce(r.ended, now()) - r.admitted) ";

  private final JdbcClient database;
  private final JsonMapper json;

  JobStore(DataSource database, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  void add(Caller caller, String run, String process, ExecuteRequest request, Base base) {
    ObjectNode kept = request.toJson().put("base", base.url());
    database
        .sql(
            """
            INSERT INTO job (tenant, run, process, request) VALUES (?, ?, ?, ?::jsonb)
            ON CONFLICT (run) DO NOTHING
            """)
        .params(caller.tenant(), run, process, kept.toString())
        .update();
  }

  void dismiss(Caller caller, JobRow job) {
    add(caller, job.id(), job.process(), ExecuteRequest.PLAIN, Base.ofRequest());
    database.sql("UPDATE job SET dismissed = true WHERE run = ?").param(job.id()).update();
  }

  /** How it was asked to answer; plainly, if it was not started as a job. */
  ExecuteRequest request(JobRow job) {
    return database
        .sql("SELECT request::text FROM job WHERE run = ?")
        .param(job.id())
        .query(String.class)
        .optional()
        .map(text -> ExecuteRequest.fromJson(json.readTree(text)))
        .orElse(ExecuteRequest.PLAIN);
  }

  Optional<JobRow> find(Caller caller, String id) {
    StringBuilder sql = new StringBuilder(ROWS).append(" AND r.id = ?");
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant(), id));
    ownOnly(caller, sql, parameters);
    return database.sql(sql.toString()).params(parameters).query(this::row).optional();
  }

  /** One more than the limit, if there are more. */
  List<JobRow> page(Caller caller, JobFilter filter) {
    if (!filter.types().isEmpty() && !filter.types().contains("process")) {
      return List.of();
    }
    StringBuilder sql = new StringBuilder(ROWS);
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant()));
    ownOnly(caller, sql, parameters);
    if (!filter.processes().isEmpty()) {
      sql.append(" AND coalesce(j.process, r.workflow) = ANY (?)");
      parameters.add(filter.processes().toArray(String[]::new));
    }
    if (!filter.statuses().isEmpty()) {
      sql.append(
          filter.statuses().stream()
              .map(JobStore::condition)
              .collect(Collectors.joining(" OR ", " AND (", ")")));
    }
    bound(sql, parameters, filter.from(), " AND r.created >= ?");
    bound(sql, parameters, filter.to(), " AND r.created <= ?");
    duration(sql, parameters, filter.minSeconds(), ">=");
    duration(sql, parameters, filter.maxSeconds(), "<=");
    if (filter.after() != null) {
      sql.append(" AND r.id < ?");
      parameters.add(filter.after());
    }
    sql.append(" ORDER BY r.id DESC LIMIT ?");
    parameters.add(filter.limit() + 1);
    return database.sql(sql.toString()).params(parameters).query(this::row).list();
  }

  private static void bound(
      StringBuilder sql,
      List<Object> parameters,
      @org.jspecify.annotations.Nullable Instant time,
      String condition) {
    if (time != null) {
      sql.append(condition);
      parameters.add(Timestamp.from(time));
    }
  }

  /** Only jobs that have begun have one; of others it is no number, and so in no bound. */
  private static void duration(
      StringBuilder sql,
      List<Object> parameters,
      @org.jspecify.annotations.Nullable Long seconds,
      String comparison) {
    if (seconds != null) {
      sql.append(" AND ").append(DURATION).append(comparison).append(" ?");
      parameters.add(seconds);
    }
  }

  private static void ownOnly(Caller caller, StringBuilder sql, List<Object> parameters) {
    if (!caller.administrator()) {
      sql.append(" AND r.subject = ?");
      parameters.add(caller.subject());
    }
  }

  private static String condition(JobRow.Status status) {
    String there = "(NOT coalesce(j.dismissed, false) AND ";
    return switch (status) {
      case ACCEPTED -> there + "r.state = 'RUNNING' AND r.epoch = 0)";
      case RUNNING ->
          there + "(r.state IN ('PAUSED', 'CANCELLING') OR (r.state = 'RUNNING' AND r.epoch > 0)))";
      case SUCCESSFUL -> there + "r.state = 'SUCCEEDED')";
      case FAILED -> there + "r.state = 'FAILED')";
      case DISMISSED -> "(coalesce(j.dismissed, false) OR r.state = 'CANCELLED')";
    };
  }

  private JobRow row(ResultSet row, int number) throws SQLException {
    Timestamp started = row.getTimestamp("admitted");
    Timestamp ended = row.getTimestamp("ended");
    return new JobRow(
        row.getString("id"),
        row.getString("process"),
        PublicState.of(RunState.valueOf(row.getString("state")), row.getLong("epoch")),
        row.getBoolean("dismissed"),
        row.getTimestamp("created").toInstant(),
        started == null ? null : started.toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getString("failure"));
  }
}
