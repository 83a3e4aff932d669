package io.twinflow.engine.server.backup;

/**
 * A table of a backup: one of Twinflow's, or, with the schema before its name, one of processes.
 */
record TableName(String text) {

  private static final String PROCESSES = "bpmn.";

  boolean isOfProcesses() {
    return text.startsWith(PROCESSES);
  }

  String name() {
    return isOfProcesses() ? text.substring(PROCESSES.length()) : text;
  }

  /** In a statement. */
  String quoted() {
    String quoted = "\"" + name().replace("\"", "") + "\"";
    return isOfProcesses() ? PROCESSES + quoted : quoted;
  }

  /** A condition on the column {@code table_schema} of the information schema. */
  String inSchema(String column) {
    return isOfProcesses() ? column + " = 'bpmn'" : column + " = current_schema()";
  }
}
