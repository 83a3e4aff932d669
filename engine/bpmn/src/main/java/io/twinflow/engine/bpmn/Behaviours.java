package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.Repetition;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.Escalation;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.EventSubProcess;
import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.ThrowEvent;
import org.flowable.bpmn.model.TimerEventDefinition;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.ErrorEndEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EscalationEndEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessErrorStartEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessMessageStartEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessSignalStartEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.EventSubProcessTimerStartEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.IntermediateThrowEscalationEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.IntermediateThrowSignalEventActivityBehavior;
import org.flowable.engine.impl.bpmn.behavior.ParallelMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.behavior.SequentialMultiInstanceBehavior;
import org.flowable.engine.impl.bpmn.parser.factory.DefaultActivityBehaviorFactory;

/** Flowable's behaviours, but for what Twinflow bounds and what Flowable leaves open. */
final class Behaviours extends DefaultActivityBehaviorFactory {

  /** Each looks at the whole list again. */
  private static final int MOST_IN_TURN = 1_000;

  /** What is a list is known only here, so here is where repetitions have bounds. */
  @Override
  public ParallelMultiInstanceBehavior createParallelMultiInstanceBehavior(
      Activity activity, AbstractBpmnActivityBehavior inner) {
    return new ParallelMultiInstanceBehavior(activity, inner) {

      private static final long serialVersionUID = 1L;

      @Override
      protected int resolveNrOfInstances(DelegateExecution execution) {
        return bounded(activity, super.resolveNrOfInstances(execution), Repetition.MOST_PARALLEL);
      }
    };
  }

  @Override
  public SequentialMultiInstanceBehavior createSequentialMultiInstanceBehavior(
      Activity activity, AbstractBpmnActivityBehavior inner) {
    return new SequentialMultiInstanceBehavior(activity, inner) {

      private static final long serialVersionUID = 1L;

      @Override
      protected int resolveNrOfInstances(DelegateExecution execution) {
        return bounded(activity, super.resolveNrOfInstances(execution), MOST_IN_TURN);
      }
    };
  }

  @Override
  public IntermediateThrowSignalEventActivityBehavior
      createIntermediateThrowSignalEventActivityBehavior(
          ThrowEvent event, SignalEventDefinition definition, Signal signal) {
    return new ThrowSignal(event, definition, signal);
  }

  @Override
  public ErrorEndEventActivityBehavior createErrorEndEventActivityBehavior(
      EndEvent event, ErrorEventDefinition definition) {
    return new ErrorEnd(definition.getErrorCode());
  }

  @Override
  public EventSubProcessActivityBehavior createEventSubprocessActivityBehavior(
      EventSubProcess drawn) {
    return new BeginOnEscalation();
  }

  @Override
  public IntermediateThrowEscalationEventActivityBehavior
      createIntermediateThrowEscalationEventActivityBehavior(
          ThrowEvent event, EscalationEventDefinition definition, Escalation escalation) {
    return new ThrowEscalation(event, definition, escalation);
  }

  @Override
  public EscalationEndEventActivityBehavior createEscalationEndEventActivityBehavior(
      EndEvent event, EscalationEventDefinition definition, Escalation escalation) {
    return new EscalationEnd(definition, escalation);
  }

  @Override
  public EventSubProcessMessageStartEventActivityBehavior
      createEventSubProcessMessageStartEventActivityBehavior(
          StartEvent event, MessageEventDefinition definition) {
    return new BeginOnMessage(definition);
  }

  @Override
  public EventSubProcessSignalStartEventActivityBehavior
      createEventSubProcessSignalStartEventActivityBehavior(
          StartEvent event, SignalEventDefinition definition, Signal signal) {
    return new BeginOnSignal(definition, signal);
  }

  @Override
  public EventSubProcessTimerStartEventActivityBehavior
      createEventSubProcessTimerStartEventActivityBehavior(
          StartEvent event, TimerEventDefinition definition) {
    return new BeginOnTimer(definition);
  }

  @Override
  public EventSubProcessErrorStartEventActivityBehavior
      createEventSubProcessErrorStartEventActivityBehavior(StartEvent event) {
    return new BeginOnError();
  }

  private static int bounded(Activity activity, int found, int most) {
    if (found > most) {
      throw new FlowableIllegalArgumentException(
          "%s would be repeated %,d times, at most %,d are run. Let one tw:run call a workflow with a scatter over the items."
              .formatted(DocumentId.of(activity.getId()), found, most));
    }
    return found;
  }
}
