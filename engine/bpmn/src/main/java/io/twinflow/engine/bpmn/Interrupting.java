package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.stream.Stream;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.history.DeleteReason;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityManager;
import org.flowable.engine.impl.util.CommandContextUtil;

/**
 * What an event sub-process interrupts: all that goes on in what it stands in, and nothing that is
 * attached to that (BPMN 2.0.2, 13.5.4). Flowable takes away what is attached, so that a deadline
 * would never come; and of an error it lets what goes on beside go on.
 */
final class Interrupting {

  private Interrupting() {}

  /**
   * Ends what goes on around.
   *
   * @param begun what stays: the event sub-process, or what listened for its event
   */
  static void interrupt(ExecutionEntity begun) {
    ExecutionEntity around = begun.getParent();
    List<String> staying =
        Stream.concat(
                Stream.of(begun),
                around.getExecutions().stream().filter(each -> isAttached(each, around)))
            .map(ExecutionEntity::getId)
            .toList();
    CommandContextUtil.getExecutionEntityManager()
        .deleteChildExecutions(
            around,
            staying,
            List.of(),
            DeleteReason.EVENT_SUBPROCESS_INTERRUPTING + "(" + begun.getActivityId() + ")",
            true,
            begun.getCurrentFlowElement());
  }

  private static boolean isAttached(ExecutionEntity each, ExecutionEntity around) {
    return each.getCurrentFlowElement() instanceof BoundaryEvent boundary
        && boundary.getAttachedToRefId().equals(around.getActivityId());
  }

  /**
   * Begins an event sub-process whose event has come.
   *
   * @param listening what listened for it
   * @return what is to leave the start event
   */
  static DelegateExecution begin(DelegateExecution listening) {
    ExecutionEntity listener = (ExecutionEntity) listening;
    StartEvent start = (StartEvent) listener.getCurrentFlowElement();
    if (start.isInterrupting()) {
      interrupt(listener);
    }
    ExecutionEntityManager executions = CommandContextUtil.getExecutionEntityManager();
    ExecutionEntity inner = executions.createChildExecution(listener.getParent());
    inner.setCurrentFlowElement((SubProcess) start.getParentContainer());
    inner.setEventScope(false);
    inner.setScope(true);
    recordStart(inner);
    ExecutionEntity begun = executions.createChildExecution(inner);
    begun.setCurrentFlowElement(start);
    recordStart(begun);
    if (start.isInterrupting()) {
      // It would count as something that goes on.
      executions.deleteExecutionAndRelatedData(listener, null, false);
    }
    return begun;
  }

  private static void recordStart(ExecutionEntity execution) {
    CommandContextUtil.getActivityInstanceEntityManager().recordActivityStart(execution);
  }
}
