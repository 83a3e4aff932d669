package io.twinflow.engine.bpmn;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What processes have asked for. */
record ReadOutbox(Sql sql) {

  private static final String COLUMNS =
      "SELECT id, tenant, instance, activity, kind, payload, created, tries, reference FROM bpmn_outbox o ";

  private static final String WAITING =
      "EXISTS (SELECT 1 FROM act_ru_execution e WHERE e.id_ = o.execution)";

  List<Asked> open(int most) throws IOException {
    return sql.list(
        COLUMNS
            + "WHERE answered IS NULL AND taken IS NULL AND due <= now() AND "
            + WAITING
            + " ORDER BY created, id LIMIT ?",
        ReadOutbox::asked,
        most);
  }

  void taken(UUID id) throws IOException {
    sql.change("UPDATE bpmn_outbox SET taken = now() WHERE id = ? AND taken IS NULL", id);
  }

  void again(UUID id, Duration pause) throws IOException {
    sql.change(
        "UPDATE bpmn_outbox SET tries = tries + 1, due = now() + make_interval(secs => ?) WHERE id = ?",
        pause.toMillis() / 1e3,
        id);
  }

  void hold(UUID id, Duration pause) throws IOException {
    sql.change(
        "UPDATE bpmn_outbox SET due = now() + make_interval(secs => ?) WHERE id = ?",
        pause.toMillis() / 1e3,
        id);
  }

  List<Asked> withdrawn(int most) throws IOException {
    return sql.list(
        COLUMNS
            + "WHERE answered IS NULL AND (taken IS NOT NULL OR reference IS NOT NULL) AND NOT "
            + WAITING
            + " ORDER BY created, id LIMIT ?",
        ReadOutbox::asked,
        most);
  }

  private static Asked asked(ResultSet row) throws SQLException, IOException {
    try {
      return new Asked(
          row.getObject("id", UUID.class),
          row.getString("tenant"),
          row.getString("instance"),
          row.getString("activity"),
          row.getString("kind"),
          (RecordValue) ValueJson.read(row.getString("payload")),
          row.getTimestamp("created").toInstant(),
          row.getInt("tries"),
          row.getString("reference"));
    } catch (InvalidJsonException e) {
      throw new IOException("the outbox of processes holds what is no JSON", e);
    }
  }
}
