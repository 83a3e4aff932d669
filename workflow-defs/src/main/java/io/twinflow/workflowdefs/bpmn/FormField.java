package io.twinflow.workflowdefs.bpmn;

import java.util.List;

/**
 * What a person is asked for, or what a process is started with.
 *
 * @param name the variable it becomes
 * @param label what a person reads
 * @param options what can be chosen; empty for all other types
 */
public record FormField(
    String name, Type type, String label, boolean required, List<String> options) {

  public FormField {
    options = List.copyOf(options);
  }

  /** What a field takes. */
  public enum Type {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    CHOICE,
    FILE,
    ANY
  }
}
