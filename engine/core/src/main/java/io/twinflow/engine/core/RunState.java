package io.twinflow.engine.core;

/** The states of a run. A terminal state is never left: retry makes a new run. */
public enum RunState {
  RUNNING(false),
  /** Nothing more is submitted; what runs goes on, and the run may even end. */
  PAUSED(false),
  /** A cancel was asked for; sites have yet to confirm it. */
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
