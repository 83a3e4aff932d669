package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a message to a process that waits for it, once for each key. */
record DeliverMessage(Flowable flowable) {

  private record Waiting(String execution, String instance) {}

  /**
   * @return the process that has got it; empty if none waits for it
   */
  Optional<String> deliver(String key, Addressee to, String name, RecordValue values)
      throws ProcessException {
    return Again.orRefuse(() ->
        flowable.inTransaction(context -> {
          Sqls sql = Sqls.of(context);
          // Waits for a transaction that gives the same one at the same time.
          int first =
              sql.change(
                  "INSERT INTO delivery (tenant, delivery_key, instance) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
                  to.tenant(),
                  key);
          if (first == 0) {
            return known(sql, to.tenant(), key);
          }
          Optional<Waiting> waiting = waiting(sql, to, name);
          waiting.ifPresentOrElse(
              found -> {
                note(sql, to.tenant(), key, found.instance());
                TellNews.note(found.instance(), "the message \"%s\" has come".formatted(name));
                flowable
                    .engine()
                    .getRuntimeService()
                    .messageEventReceived(name, found.execution(), Variables.of(values));
              },
              () -> forget(sql, to.tenant(), key));
          return waiting.map(Waiting::instance);
        }));
  }

  private static Optional<String> known(Sqls sql, String tenant, String key) {
    return sql.first(
        "SELECT instance FROM delivery WHERE tenant = ? AND delivery_key = ?",
        row -> row.getString(1),
        tenant,
        key);
  }

  private static void note(Sqls sql, String tenant, String key, String instance) {
    sql.change(
        "UPDATE delivery SET instance = ? WHERE tenant = ? AND delivery_key = ?",
        instance,
        tenant,
        key);
  }

  private static void forget(Sqls sql, String tenant, String key) {
    sql.change("DELETE FROM delivery WHERE tenant = ? AND delivery_key = ?", tenant, key);
  }

  /** One that another request moves on meanwhile does not wait any more: another is looked for. */
  private static Optional<Waiting> waiting(Sqls sql, Addressee to, String name) {
    while (true) {
      Optional<Waiting> found = look(sql, to, name);
      if (found.isEmpty()) {
        return found;
      }
      LockInstance.lock(sql, found.get().instance());
      if (look(sql, to, name).equals(found)) {
        return found;
      }
    }
  }

  private static Optional<Waiting> look(Sqls sql, Addressee to, String name) {
    StringBuilder query =
        new StringBuilder(
            """
            SELECT s.execution_id_, b.instance FROM act_ru_event_subscr s
            JOIN act_ru_execution e ON e.id_ = s.execution_id_
            JOIN submission b ON b.instance = e.root_proc_inst_id_
            WHERE e.tenant_id_ = ? AND b.subject = ? AND s.event_type_ = 'message'
              AND s.event_name_ = ?
            """);
    List<@Nullable Object> parameters = new ArrayList<>(List.of(to.tenant(), to.subject(), name));
    if (to.instance() != null) {
      query.append(" AND b.instance = ?");
      parameters.add(to.instance());
    }
    for (Map.Entry<String, Value> variable : to.where().fields().entrySet()) {
      query.append(
          """
           AND EXISTS (SELECT FROM act_ru_variable v
            WHERE v.execution_id_ = b.instance AND v.name_ = ? AND v.text_ = ?)
          """);
      parameters.add(variable.getKey());
      parameters.add(ValueJson.write(variable.getValue()));
    }
    query.append(" ORDER BY s.created_, s.id_ LIMIT 1");
    return sql.first(
        query.toString(),
        row -> new Waiting(row.getString(1), row.getString(2)),
        parameters.toArray());
  }
}
