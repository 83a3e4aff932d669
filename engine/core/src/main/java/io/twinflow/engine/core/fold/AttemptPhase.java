package io.twinflow.engine.core.fold;

/** The states of an attempt. */
public enum AttemptPhase {
  /** The journal holds it; the site may or may not. */
  INTENDED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  LOST,
  DISCARDED
}
