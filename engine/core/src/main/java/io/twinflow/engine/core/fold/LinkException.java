package io.twinflow.engine.core.fold;

/** The values at the ends of a link cannot become one; says which and why. */
public final class LinkException extends Exception {

  private static final long serialVersionUID = 1L;

  LinkException(String message) {
    super(message);
  }
}
