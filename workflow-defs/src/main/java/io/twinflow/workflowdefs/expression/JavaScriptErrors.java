package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;
import org.mozilla.javascript.RhinoException;

/** Rhino's errors as ours: with position, offending line and advice. */
final class JavaScriptErrors {

  private JavaScriptErrors() {}

  static ExpressionException explain(
      RhinoException error, JavaScriptSource failed, JavaScriptSource expression) {
    int line = Math.max(1, error.lineNumber());
    Position start = failed.position();
    int column = error.columnNumber();
    Position position =
        line == 1 ? start : new Position(start.source(), start.line() + line - 1, start.column());
    return new ExpressionException(position, error.details() + " " + column + expression.form());
  }

  static ExpressionException about(JavaScriptSource source, String message) {
    return new ExpressionException(
        source.position(), "$%s: %s".formatted(Excerpt.of(source.code()), message));
  }
}
