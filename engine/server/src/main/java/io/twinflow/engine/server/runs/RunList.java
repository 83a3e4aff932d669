package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.server.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The runs that a caller may see: their own, or all of their tenant's for an administrator. */
@Component
public final class RunList {

  private static final String COLUMNS =
      "SELECT id, subject, workflow, kind, version, state, epoch, priority, labels::text, created,"
          + " admitted, ended, failure"
          + " FROM run WHERE created IS NOT NULL AND deleting IS NULL AND tenant = ?";

  private final JdbcClient database;
  private final JsonMapper json;

  RunList(DataSource database, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.json = json;
  }

  /**
   * @param most at most so many, newest first
   */
  public List<RunRow> page(Caller caller, RunFilter filter, int most) {
    StringBuilder sql = new StringBuilder(COLUMNS);
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant()));
    ownOnly(caller, sql, parameters);
    if (!filter.labels().isEmpty()) {
      sql.append(" AND labels @> ?::jsonb");
      parameters.add(json.writeValueAsString(filter.labels()));
    }
    if (filter.workflow() != null) {
      sql.append(" AND workflow = ?");
      parameters.add(filter.workflow());
    }
    if (!filter.states().isEmpty()) {
      sql.append(
          filter.states().stream()
              .map(RunList::condition)
              .collect(Collectors.joining(" OR ", " AND (", ")")));
    }
    if (filter.createdFrom() != null) {
      sql.append(" AND created >= ?");
      parameters.add(Timestamp.from(filter.createdFrom()));
    }
    if (filter.createdTo() != null) {
      sql.append(" AND created < ?");
      parameters.add(Timestamp.from(filter.createdTo()));
    }
    if (filter.after() != null) {
      sql.append(" AND id < ?");
      parameters.add(filter.after());
    }
    sql.append(" ORDER BY id DESC LIMIT ?");
    parameters.add(most);
    return database.sql(sql.toString()).params(parameters).query(this::row).list();
  }

  /** Empty if there is none, or the caller may not see it: nobody can tell the two apart. */
  public Optional<RunRow> find(Caller caller, String id) {
    StringBuilder sql = new StringBuilder(COLUMNS).append(" AND id = ?");
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant(), id));
    ownOnly(caller, sql, parameters);
    return database.sql(sql.toString()).params(parameters).query(this::row).optional();
  }

  /** How many runs are in which state; states without runs are left out. */
  Map<PublicState, Long> counts(Caller caller) {
    StringBuilder sql =
        new StringBuilder(
            "SELECT state, least(epoch, 1) AS epoch, count(*) FROM run"
                + " WHERE created IS NOT NULL AND deleting IS NULL AND tenant = ?");
    List<Object> parameters = new ArrayList<>(List.of(caller.tenant()));
    ownOnly(caller, sql, parameters);
    sql.append(" GROUP BY 1, 2");
    Map<PublicState, Long> counts = new EnumMap<>(PublicState.class);
    database
        .sql(sql.toString())
        .params(parameters)
        .query(row -> {
          PublicState state = PublicState.of(RunState.valueOf(row.getString(1)), row.getLong(2));
          counts.merge(state, row.getLong(3), Long::sum);
        });
    return counts;
  }

  private static void ownOnly(Caller caller, StringBuilder sql, List<Object> parameters) {
    if (!caller.administrator()) {
      sql.append(" AND subject = ?");
      parameters.add(caller.subject());
    }
  }

  private static String condition(PublicState state) {
    return switch (state) {
      case QUEUED -> "(state = 'RUNNING' AND epoch = 0)";
      case RUNNING -> "(state = 'RUNNING' AND epoch > 0)";
      case PAUSED, CANCELLING, SUCCEEDED, FAILED, CANCELLED -> "state = '" + state.name() + "'";
    };
  }

  private RunRow row(ResultSet row, int number) throws SQLException {
    Timestamp started = row.getTimestamp("admitted");
    Timestamp ended = row.getTimestamp("ended");
    Map<String, String> labels =
        json.readValue(row.getString("labels"), new TypeReference<Map<String, String>>() {});
    return new RunRow(
        new RunId(row.getString("id")),
        row.getString("subject"),
        row.getString("workflow"),
        Kind.of(row.getString("kind")),
        row.getString("version"),
        PublicState.of(RunState.valueOf(row.getString("state")), row.getLong("epoch")),
        row.getInt("priority"),
        labels,
        row.getTimestamp("created").toInstant(),
        started == null ? null : started.toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getString("failure"));
  }
}
