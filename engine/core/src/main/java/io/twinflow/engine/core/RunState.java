package io.twinflow.engine.core;

/** The states of a run. A terminal state is never left: retry makes a new run. */
public enum RunState {
  RUNNING(false),
  PAUSED(false),
  CANCELLING(false),
  SUCCEEDED(true),
  FAILED(true),
  CANCELLED(true);

  private final boolean terminal;

  RunState(boolean terminal) {
    this.terminal = terminal;
  }

  public boolean isTerminal() {
    return terminal;
  }
}
