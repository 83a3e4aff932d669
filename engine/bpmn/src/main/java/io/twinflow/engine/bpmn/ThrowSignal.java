package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.Listeners.Listener;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.bpmn.model.ThrowEvent;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.IntermediateThrowSignalEventActivityBehavior;
import org.flowable.engine.impl.util.CommandContextUtil;

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

  /** Locks none of them, as two may throw at each other. */
  @Override
  public void execute(DelegateExecution execution) {
    Sqls sql = Sqls.of(CommandContextUtil.getCommandContext());
    String root = execution.getRootProcessInstanceId();
    Listeners listeners = new Listeners(execution.getTenantId(), owner(sql, root), name);
    List<Listener> listening = new ArrayList<>(listeners.all(sql));
    if (listening.stream().noneMatch(each -> each.instance().equals(root))) {
      itself(execution).ifPresent(listening::add);
    }
    for (Listener each : listening) {
      SignalJob.schedule(each, execution.getTenantId(), name, RecordValue.EMPTY);
    }
    leave(execution);
  }

  private static String owner(Sqls sql, String root) {
    return sql.first(
            "SELECT subject FROM submission WHERE instance = ?", row -> row.getString(1), root)
        .orElseThrow(() -> new IllegalStateException("nobody started " + root));
  }

  /** If it began to listen in this transaction, that is not in the tables yet. */
  private Optional<Listener> itself(DelegateExecution execution) {
    return CommandContextUtil.getProcessEngineConfiguration()
        .getEventSubscriptionServiceConfiguration()
        .getEventSubscriptionService()
        .findSignalEventSubscriptionsByProcessInstanceAndEventName(
            execution.getProcessInstanceId(), name)
        .stream()
        .findFirst()
        .map(found -> new Listener(execution.getRootProcessInstanceId(), found.getActivityId()));
  }
}
