package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.EventDefinition;
import io.twinflow.workflowdefs.bpmn.EventDefinition.Timer;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what an event waits for or tells. */
record EventReader(Shared shared, ProblemLog log) {

  private static final String SUFFIX = "EventDefinition";
  private static final Map<String, Timer.Form> FORMS =
      Map.of(
          "timeDuration", Timer.Form.DURATION,
          "timeDate", Timer.Form.DATE,
          "timeCycle", Timer.Form.CYCLE);

  /**
   * @param allowed the kinds that can stand here: {@code timer}, {@code message} and so on, {@code
   *     none} for an event without definition
   * @return an event without definition if what is there is refused
   */
  EventDefinition read(XmlElement event, Set<String> allowed) {
    List<XmlElement> definitions =
        event.children().stream().filter(EventReader::isDefinition).toList();
    if (definitions.size() > 1) {
      log.unsupported(
          definitions.get(1).position(),
          "an event with several definitions is not run. Draw an event for each.");
      return new EventDefinition.None();
    }
    String kind = definitions.isEmpty() ? "none" : kind(definitions.getFirst());
    String wayOut =
        allowed.contains(kind) || definitions.isEmpty()
            ? null
            : WayOut.ofElement(definitions.getFirst().name());
    if (wayOut != null) {
      log.unsupported(definitions.getFirst().position(), wayOut);
      return new EventDefinition.None();
    }
    if (!allowed.contains(kind)) {
      log.unsupported(
          definitions.isEmpty() ? event.position() : definitions.getFirst().position(),
          "%s %s is not run; here can stand: %s."
              .formatted(
                  event.name(),
                  definitions.isEmpty() ? "without a definition" : "with " + kind + SUFFIX,
                  allowed.stream().sorted().collect(Collectors.joining(", "))));
      return new EventDefinition.None();
    }
    return definitions.isEmpty()
        ? new EventDefinition.None()
        : read(definitions.getFirst(), kind, isCatching(event));
  }

  private static boolean isDefinition(XmlElement child) {
    return Names.isBpmn(child)
        && (child.name().endsWith(SUFFIX) || child.name().equals("eventDefinitionRef"));
  }

  private static boolean isCatching(XmlElement event) {
    return !event.name().equals("endEvent") && !event.name().equals("intermediateThrowEvent");
  }

  private static String kind(XmlElement definition) {
    return definition.name().endsWith(SUFFIX)
        ? definition.name().substring(0, definition.name().length() - SUFFIX.length())
        : definition.name();
  }

  private EventDefinition read(XmlElement definition, String kind, boolean catching) {
    Taken taken = new Taken(definition, log).passOver("id");
    EventDefinition event =
        switch (kind) {
          case "timer" -> timer(definition);
          case "message" -> new EventDefinition.Message(name(taken, "message"));
          case "signal" -> new EventDefinition.Signal(name(taken, "signal"));
          case "error" -> new EventDefinition.BpmnError(code(taken, "error", catching));
          case "escalation" -> new EventDefinition.Escalation(code(taken, "escalation", catching));
          case "compensate" -> new EventDefinition.Compensation(undone(taken, catching));
          case "terminate" -> new EventDefinition.Terminate();
          default -> throw new AssertionError(kind);
        };
    taken.end();
    return event;
  }

  private String name(Taken taken, String kind) {
    String reference = taken.required(kind + "Ref", "the id of the " + kind);
    String name =
        reference.isEmpty() ? null : shared.resolve(kind, reference, taken.at(kind + "Ref"));
    return name == null ? "" : name;
  }

  /** At a boundary event it is the activity that the event is attached to. */
  private static @Nullable String undone(Taken taken, boolean catching) {
    if (catching) {
      taken.passOver("waitForCompletion");
      return null;
    }
    taken.only(
        "waitForCompletion",
        Set.of("true", "1"),
        "The process goes on when all is undone. To go on meanwhile, throw it in a branch of its own, after a parallelGateway.");
    return taken.text("activityRef");
  }

  /** A catching event without a code catches all; a throwing one must say what it throws. */
  private @Nullable String code(Taken taken, String kind, boolean catching) {
    String reference =
        catching
            ? taken.text(kind + "Ref")
            : taken.required(kind + "Ref", "the id of the " + kind + " that is thrown");
    return reference == null || reference.isEmpty()
        ? null
        : shared.resolve(kind, reference, taken.at(kind + "Ref"));
  }

  private EventDefinition timer(XmlElement definition) {
    List<XmlElement> times =
        definition.children().stream()
            .filter(child -> Names.isBpmn(child) && FORMS.containsKey(child.name()))
            .toList();
    if (times.size() != 1) {
      log.error(
          definition.position(),
          "expected one of timeDuration, timeDate and timeCycle in timerEventDefinition, found %d."
              .formatted(times.size()));
      return new EventDefinition.None();
    }
    XmlElement time = times.getFirst();
    Timer.Form form = FORMS.get(time.name());
    String text = time.text().strip();
    Taken taken = new Taken(time, log).passOver("id", "evaluatesToTypeRef", "language");
    taken.end();
    Template template = taken.template(text, time.textPosition());
    if (form == null || template == null) {
      return new EventDefinition.None();
    }
    checkTime(form, template);
    return new Timer(form, template);
  }

  private void checkTime(Timer.Form form, Template template) {
    if (template.isConstant()) {
      String problem = TimerText.problem(form, template.text());
      if (problem != null) {
        log.error(template.position(), problem);
      }
    }
  }
}
