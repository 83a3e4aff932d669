package io.twinflow.workflowdefs.bpmn.expression;

/** An expression that has no value for the variables it was given. */
final class Impossible extends Exception {

  private static final long serialVersionUID = 1L;

  Impossible(String message) {
    super(message);
  }
}
