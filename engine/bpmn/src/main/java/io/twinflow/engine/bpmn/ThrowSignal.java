package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.bpmn.model.ThrowEvent;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.IntermediateThrowSignalEventActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.eventsubscription.service.impl.persistence.entity.SignalEventSubscriptionEntity;

/**
 * A process throws a signal: the processes of the same person that listen go on. Flowable's signals
 * reach the processes of all in a tenant.
 */
final class ThrowSignal extends IntermediateThrowSignalEventActivityBehavior {

  private static final long serialVersionUID = 1L;

  private final String name;

  ThrowSignal(ThrowEvent event, SignalEventDefinition definition, Signal signal) {
    super(event, definition, signal);
    this.name = signal.getName();
  }

  /** Asks Flowable who listens, as it knows what this transaction has not written yet. */
  @Override
  public void execute(DelegateExecution execution) {
    List<SignalEventSubscriptionEntity> listening =
        CommandContextUtil.getProcessEngineConfiguration()
            .getEventSubscriptionServiceConfiguration()
            .getEventSubscriptionService()
            .findSignalEventSubscriptionsByEventName(name, execution.getTenantId());
    for (SignalEventSubscriptionEntity each : listening) {
      if (each.getExecutionId() != null
          && isOfOne(root(each.getExecutionId()), execution.getRootProcessInstanceId())) {
        SignalJob.schedule(each, Map.of());
      }
    }
    leave(execution);
  }

  private static String root(String execution) {
    ExecutionEntity found = CommandContextUtil.getExecutionEntityManager().findById(execution);
    return found.getRootProcessInstanceId();
  }

  private static boolean isOfOne(String instance, String other) {
    return Sqls.of(CommandContextUtil.getCommandContext())
        .first(
            """
            SELECT 1 FROM submission one JOIN submission other USING (tenant, subject)
            WHERE one.instance = ? AND other.instance = ?
            """,
            row -> row.getInt(1),
            instance,
            other)
        .isPresent();
  }
}
