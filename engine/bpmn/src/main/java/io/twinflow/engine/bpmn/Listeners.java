package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.EventSubscriptionUtil;
import org.flowable.eventsubscription.service.EventSubscriptionService;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The processes that listen for a signal.
 *
 * @param subject whose they are; null for those of all
 */
record Listeners(String tenant, @Nullable String subject, String signal) {

  /**
   * One of them.
   *
   * @param activity one of those at which it listens
   */
  record Listener(String instance, String activity) {}

  List<Listener> all(Sqls sql) {
    return sql.list(
        """
        SELECT b.instance, min(s.activity_id_) FROM act_ru_event_subscr s
        JOIN act_ru_execution e ON e.id_ = s.execution_id_
        JOIN submission b ON b.instance = e.root_proc_inst_id_
        WHERE e.tenant_id_ = ? AND s.event_type_ = 'signal' AND s.event_name_ = ?
          AND (?::text IS NULL OR b.subject = ?)
        GROUP BY b.instance ORDER BY b.instance
        """,
        row -> new Listener(row.getString(1), row.getString(2)),
        tenant,
        signal,
        subject,
        subject);
  }

  /**
   * Moves one instance on, in the transaction of the caller, which has locked it, wherever it
   * listens now.
   *
   * @return whether it listens
   */
  static boolean tell(Sqls sql, String instance, String signal, RecordValue values) {
    List<String> subscriptions =
        sql.list(
            """
            SELECT s.id_ FROM act_ru_event_subscr s
            JOIN act_ru_execution e ON e.id_ = s.execution_id_
            WHERE e.root_proc_inst_id_ = ? AND s.event_type_ = 'signal' AND s.event_name_ = ?
            ORDER BY s.created_, s.id_
            """,
            row -> row.getString(1),
            instance,
            signal);
    if (subscriptions.isEmpty()) {
      return false;
    }
    TellNews.note(instance, "the signal \"%s\" has come".formatted(signal));
    EventSubscriptionService service =
        CommandContextUtil.getProcessEngineConfiguration()
            .getEventSubscriptionServiceConfiguration()
            .getEventSubscriptionService();
    for (String id : subscriptions) {
      EventSubscriptionEntity subscription = service.findById(id);
      if (subscription != null && !subscription.isDeleted()) {
        EventSubscriptionUtil.eventReceived(subscription, Variables.of(values), false);
      }
    }
    return true;
  }
}
