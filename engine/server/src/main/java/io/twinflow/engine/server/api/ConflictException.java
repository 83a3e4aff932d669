package io.twinflow.engine.server.api;

/** What is asked for does not fit the state that the thing is in. */
final class ConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  ConflictException(String message) {
    super(message);
  }
}
