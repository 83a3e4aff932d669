package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import java.util.HashMap;
import java.util.Map;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.Escalation;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.Event;
import org.flowable.bpmn.model.Message;
import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.bpmn.model.TerminateEventDefinition;
import org.flowable.bpmn.model.TimerEventDefinition;

/**
 * Puts definitions into events; what they share stands once in the model, under an id of our own.
 */
final class TranslateEvents {

  private final BpmnModel model;
  private final Map<String, String> ids = new HashMap<>();

  TranslateEvents(BpmnModel model) {
    this.model = model;
  }

  <E extends Event> E put(EventDefinition definition, E event) {
    switch (definition) {
      case EventDefinition.None ignored -> {}
      case EventDefinition.Timer timer -> event.addEventDefinition(timer(timer));
      case EventDefinition.Message(String name) -> message(name, event);
      case EventDefinition.Signal(String name) -> event.addEventDefinition(signal(name));
      case EventDefinition.BpmnError(String code) -> {
        ErrorEventDefinition made = new ErrorEventDefinition();
        made.setErrorCode(code);
        event.addEventDefinition(made);
      }
      case EventDefinition.Escalation(String code) -> {
        EscalationEventDefinition made = new EscalationEventDefinition();
        if (code != null) {
          String id = id("escalation", code);
          model.addEscalation(new Escalation(id, code, code));
          made.setEscalationCode(id);
        }
        event.addEventDefinition(made);
      }
      case EventDefinition.Compensation ignored ->
          throw new AssertionError("TranslateUndoing makes something else of it");
      case EventDefinition.Terminate ignored ->
          event.addEventDefinition(new TerminateEventDefinition());
    }
    return event;
  }

  <E extends Event> E message(String name, E event) {
    String id = id("message", name);
    if (model.getMessage(id) == null) {
      model.addMessage(new Message(id, name, null));
    }
    MessageEventDefinition made = new MessageEventDefinition();
    made.setMessageRef(id);
    event.addEventDefinition(made);
    return event;
  }

  /** Thrown by a job of its own, so that who listens does not run in the thrower's transaction. */
  private SignalEventDefinition signal(String name) {
    String id = id("signal", name);
    if (model.getSignal(id) == null) {
      model.addSignal(new Signal(id, name));
    }
    SignalEventDefinition made = new SignalEventDefinition();
    made.setSignalRef(id);
    made.setAsync(true);
    return made;
  }

  private static TimerEventDefinition timer(EventDefinition.Timer timer) {
    TimerEventDefinition made = new TimerEventDefinition();
    String time = timer.time().text();
    switch (timer.form()) {
      case DURATION -> made.setTimeDuration(time);
      case DATE -> made.setTimeDate(time);
      case CYCLE -> made.setTimeCycle(time);
    }
    return made;
  }

  private String id(String kind, String name) {
    return ids.computeIfAbsent(kind + ":" + name, key -> kind + "-" + (ids.size() + 1));
  }
}
