package io.twinflow.engine.dmn.feel;

/** An expression has no value with these inputs, or an input does not fit. */
public final class Impossible extends Exception {

  private static final long serialVersionUID = 1L;

  public Impossible(String message) {
    super(message);
  }
}
