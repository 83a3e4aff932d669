package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Optional;

/** Messages to one process. */
record TellProcesses(Flowable flowable) {

  String message(String tenant, String instance, String name, RecordValue values)
      throws ProcessException {
    boolean waited =
        Again.orRefuse(() ->
            flowable.inTransaction(context -> {
              Sqls sql = Sqls.of(context);
              LockInstance.lock(sql, instance);
              Optional<String> execution = waiting(sql, tenant, instance, name);
              execution.ifPresent(id -> {
                TellNews.note(instance, "the message \"%s\" has come".formatted(name));
                flowable
                    .engine()
                    .getRuntimeService()
                    .messageEventReceived(name, id, Variables.of(values));
              });
              return execution.isPresent();
            }));
    if (!waited) {
      throw new ProcessException(
          Reason.CONFLICT,
          "the process %s does not wait for the message \"%s\"".formatted(instance, name));
    }
    return instance;
  }

  private static Optional<String> waiting(Sqls sql, String tenant, String instance, String name) {
    return sql.first(
        """
        SELECT s.execution_id_ FROM act_ru_event_subscr s
        JOIN act_ru_execution e ON e.id_ = s.execution_id_
        WHERE e.root_proc_inst_id_ = ? AND e.tenant_id_ = ?
          AND s.event_type_ = 'message' AND s.event_name_ = ?
        ORDER BY s.created_, s.id_ LIMIT 1
        """,
        row -> row.getString(1),
        instance,
        tenant,
        name);
  }
}
