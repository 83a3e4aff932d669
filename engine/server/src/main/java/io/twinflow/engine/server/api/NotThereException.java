package io.twinflow.engine.server.api;

/** There is nothing here. */
final class NotThereException extends Exception {
  private static final long serialVersionUID = 1L;

  NotThereException(String message) {
    super(message);
  }
}
