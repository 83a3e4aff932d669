package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;

/** An expression that cannot be evaluated, with its place and the reason in a person's words. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Position position;

  public ExpressionException(Position position, String message) {
    super(message);
    this.position = position;
  }

  public Position position() {
    return position;
  }
}
