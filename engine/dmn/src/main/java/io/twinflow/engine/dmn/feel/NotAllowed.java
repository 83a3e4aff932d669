package io.twinflow.engine.dmn.feel;

/** An expression that is wrong or not evaluated here; the message says how to mend it. */
public final class NotAllowed extends Exception {

  private static final long serialVersionUID = 1L;

  public NotAllowed(String message) {
    super(message);
  }
}
