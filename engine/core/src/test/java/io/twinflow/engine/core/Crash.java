package io.twinflow.engine.core;

/** The death of an engine: thrown by a listener, so that nothing of the engine's own tidies up. */
final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the engine dies");
  }
}
