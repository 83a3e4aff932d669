package io.twinflow.engine.core.fold;

/** A journal whose events do not follow from each other; the run is parked. */
public final class CannotFoldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotFoldException(String message) {
    super(message);
  }
}
