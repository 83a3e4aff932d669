package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.stream.Stream;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.EventSubProcess;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.history.DeleteReason;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessActivityBehavior;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;

/**
 * What begins by an escalation ends what it stands in, if its start event is drawn so (BPMN 2.0.2,
 * 10.5.2). Flowable lets it stand beside, however it is drawn.
 */
final class EventSubProcessStart extends EventSubProcessActivityBehavior {

  private static final long serialVersionUID = 1L;

  @Override
  public void execute(DelegateExecution execution) {
    EventSubProcess drawn = (EventSubProcess) execution.getCurrentFlowElement();
    if (drawn.getFlowElements().stream().anyMatch(EventSubProcessStart::interruptsByEscalation)) {
      ExecutionEntity begun = (ExecutionEntity) execution;
      CommandContextUtil.getExecutionEntityManager()
          .deleteChildExecutions(
              begun.getParent(),
              whatStays(begun),
              List.of(),
              DeleteReason.EVENT_SUBPROCESS_INTERRUPTING + "(" + drawn.getId() + ")",
              true,
              drawn);
    }
    super.execute(execution);
  }

  /** Itself, and what is attached to what it stands in. */
  private static List<String> whatStays(ExecutionEntity begun) {
    return Stream.concat(
            Stream.of(begun),
            begun.getParent().getExecutions().stream()
                .filter(each ->
                    each.getCurrentFlowElement() instanceof BoundaryEvent boundary
                        && boundary.getAttachedToRefId().equals(begun.getParent().getActivityId())))
        .map(ExecutionEntity::getId)
        .toList();
  }

  private static boolean interruptsByEscalation(Object element) {
    return element instanceof StartEvent start
        && start.isInterrupting()
        && start.getEventDefinitions().stream()
            .anyMatch(EscalationEventDefinition.class::isInstance);
  }
}
