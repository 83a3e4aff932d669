package io.twinflow.engine.server.tell;

/** What cannot be sent as it is, however often it is tried. */
public final class NotToBeSentException extends Exception {

  private static final long serialVersionUID = 1L;

  public NotToBeSentException(String message) {
    super(message);
  }

  NotToBeSentException(String message, Throwable cause) {
    super(message, cause);
  }
}
