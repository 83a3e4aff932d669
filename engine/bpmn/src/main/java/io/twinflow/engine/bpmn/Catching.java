package io.twinflow.engine.bpmn;

import java.util.Optional;
import java.util.function.Predicate;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.Escalation;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.Event;
import org.flowable.bpmn.model.EventDefinition;
import org.flowable.bpmn.model.EventSubProcess;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.bpmn.helper.EscalationPropagation;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * What catches an error or an escalation: the nearest event that does, looked for from within. It
 * is left to Flowable where that comes to the same. But Flowable lets an event sub-process catch
 * what is thrown in itself, for ever; and an error that is caught somewhere in the document, but
 * not around where it is thrown, is neither caught nor uncaught there.
 */
final class Catching {

  private final Predicate<EventDefinition> catches;

  private Catching(Predicate<EventDefinition> catches) {
    this.catches = catches;
  }

  /**
   * Goes on where the error is caught.
   *
   * @throws BpmnError the same, if nothing catches it
   */
  static void error(BpmnError error, DelegateExecution thrower) {
    Catching catching =
        new Catching(definition ->
            definition instanceof ErrorEventDefinition caught
                && isFor(caught.getErrorCode(), error.getErrorCode()));
    ErrorPropagation.propagateError(
        error, catching.beginning((ExecutionEntity) thrower).orElseThrow(() -> error));
  }

  /**
   * Goes on where the escalation is caught, if it is.
   *
   * @param escalation of the thrower's document, in which each code is one escalation
   */
  static void escalation(Escalation escalation, DelegateExecution thrower) {
    new Catching(definition ->
        definition instanceof EscalationEventDefinition caught
            && isFor(caught.getEscalationCode(), escalation.getId()))
        .beginning((ExecutionEntity) thrower)
        .ifPresent(from -> EscalationPropagation.propagateEscalation(escalation, from));
  }

  private static boolean isFor(@Nullable String caught, String thrown) {
    return caught == null || caught.isEmpty() || caught.equals(thrown);
  }

  /** Where Flowable has to begin so that it finds it; empty if nothing catches. */
  private Optional<ExecutionEntity> beginning(ExecutionEntity thrower) {
    ExecutionEntity from = thrower;
    ExecutionEntity at = thrower;
    while (true) {
      if (at.getCurrentFlowElement() instanceof Activity activity
          && activity.getBoundaryEvents().stream().anyMatch(this::catches)) {
        return Optional.of(from);
      }
      ExecutionEntity around = at.getParent();
      if (around == null) {
        around = at.getSuperExecution();
        if (around == null) {
          return Optional.empty();
        }
        from = from.getId().equals(at.getId()) ? around : from;
      } else if (beganByFailure(at.getCurrentFlowElement())) {
        from = around;
      } else if (beginsIn(around)) {
        return Optional.of(from);
      }
      at = around;
    }
  }

  /** What is thrown in it does not begin it again, nor those beside it. */
  private static boolean beganByFailure(@Nullable FlowElement element) {
    return element instanceof EventSubProcess drawn
        && starts(
            drawn,
            definition ->
                definition instanceof ErrorEventDefinition
                    || definition instanceof EscalationEventDefinition);
  }

  private boolean beginsIn(ExecutionEntity scope) {
    FlowElementsContainer container =
        scope.getParentId() == null
            ? ProcessDefinitionUtil.getProcess(scope.getProcessDefinitionId())
            : scope.getCurrentFlowElement() instanceof FlowElementsContainer inner ? inner : null;
    return container != null
        && container.getFlowElements().stream()
            .anyMatch(
                element -> element instanceof EventSubProcess drawn && starts(drawn, catches));
  }

  private static boolean starts(EventSubProcess drawn, Predicate<EventDefinition> by) {
    return drawn.getFlowElements().stream()
        .anyMatch(element ->
            element instanceof StartEvent start
                && start.getEventDefinitions().stream().anyMatch(by));
  }

  private boolean catches(Event event) {
    return event.getEventDefinitions().stream().anyMatch(catches);
  }
}
