package io.twinflow.engine.core;

/** What may be asked of a run from outside while it executes. */
public enum Request {
  /** Nothing more is submitted; what runs goes on. */
  PAUSE,
  /** Ends a pause. */
  PROCEED,
  /** What runs is stopped, and the run ends. */
  CANCEL
}
