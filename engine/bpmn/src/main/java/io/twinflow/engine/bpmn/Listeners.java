package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.Map;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.eventsubscription.service.EventSubscriptionService;
import org.jspecify.annotations.Nullable;

/**
 * The processes that listen for a signal from outside.
 *
 * @param subject whose they are; null for those of all
 */
record Listeners(String tenant, @Nullable String subject, String signal) {

  private static final String FROM =
      """
       FROM act_ru_event_subscr s
      JOIN act_ru_execution e ON e.id_ = s.execution_id_
      JOIN submission b ON b.instance = e.root_proc_inst_id_
      WHERE e.tenant_id_ = ? AND s.event_type_ = 'signal' AND s.event_name_ = ?
        AND (?::text IS NULL OR b.subject = ?)
      """;

  List<String> instances(Sqls sql) {
    return sql.list(
        "SELECT DISTINCT b.instance" + FROM + " ORDER BY 1",
        row -> row.getString(1),
        tenant,
        signal,
        subject,
        subject);
  }

  /**
   * Gives it to one of them, in the transaction of the caller.
   *
   * @return whether it listens
   */
  boolean tell(Sqls sql, String instance, Map<String, Object> variables) {
    EventSubscriptionService subscriptions =
        CommandContextUtil.getProcessEngineConfiguration()
            .getEventSubscriptionServiceConfiguration()
            .getEventSubscriptionService();
    List<String> ids =
        sql.list(
            "SELECT s.id_" + FROM + " AND b.instance = ?",
            row -> row.getString(1),
            tenant,
            signal,
            subject,
            subject,
            instance);
    for (String id : ids) {
      SignalJob.schedule(subscriptions.findById(id), variables);
    }
    return !ids.isEmpty();
  }
}
