package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import org.jspecify.annotations.Nullable;

/** What an event waits for, or what it tells. BPMN 2.0, section 10.5.5. */
public sealed interface EventDefinition {

  /** Nothing: a plain start, end or mark on the way. */
  record None() implements EventDefinition {}

  /** A point in time. */
  record Timer(Form form, Template time) implements EventDefinition {

    /** How the time is told (ISO 8601). */
    public enum Form {
      /** {@code PT15M}: after that long. */
      DURATION,
      /** {@code 2026-11-21T06:00:00Z}: then. */
      DATE,
      /** {@code R3/PT10M}: again and again. */
      CYCLE
    }
  }

  /** A message to one process, by name. */
  record Message(String name) implements EventDefinition {}

  /** A signal to all who listen, by name. */
  record Signal(String name) implements EventDefinition {}

  /**
   * @param code a kind of failure for the work of service tasks; null catches all
   */
  record BpmnError(@Nullable String code) implements EventDefinition {}

  /**
   * @param code null catches all
   */
  record Escalation(@Nullable String code) implements EventDefinition {}

  /**
   * Undoes what was done. At a boundary event: how its activity is undone, see {@link Undoing}.
   *
   * @param activity the one that is undone; null for all in the scope of the event
   */
  record Compensation(@Nullable String activity) implements EventDefinition {}

  /** Ends everything in its scope. */
  record Terminate() implements EventDefinition {}
}
