package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.Position;

/** A decision cannot be made of these inputs. The message names the place, expected and found. */
public final class DecisionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Position position;

  public DecisionException(Position position, String message) {
    super(position + ": " + message);
    this.position = position;
  }

  /** The cell, expression or input that it is about. */
  public Position position() {
    return position;
  }
}
