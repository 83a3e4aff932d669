package io.twinflow.engine.core.event;

/** An event that this engine cannot read: of an unknown type, a newer version, or malformed. */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message);
  }
}
