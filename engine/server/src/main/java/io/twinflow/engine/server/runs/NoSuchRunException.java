package io.twinflow.engine.server.runs;

/** There is no such run, or the caller may not know of it. */
public final class NoSuchRunException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoSuchRunException(String id) {
    super("there is no run %s, or it is not yours".formatted(id));
  }
}
