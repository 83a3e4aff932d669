package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.EvaluatorException;

/** Rhino's messages as exceptions; its warnings are not for CWL's authors. */
enum StopAtFirstError implements ErrorReporter {
  INSTANCE;

  @Override
  public void warning(
      String message, String sourceName, int line, String lineSource, int lineOffset) {
    // Style warnings, about code that runs.
  }

  @Override
  public void error(
      String message, String sourceName, int line, String lineSource, int lineOffset) {
    throw runtimeError(message, sourceName, line, lineSource, lineOffset);
  }

  @Override
  public EvaluatorException runtimeError(
      String message, String sourceName, int line, String lineSource, int lineOffset) {
    return new EvaluatorException(message, sourceName, line, lineSource, lineOffset);
  }
}
