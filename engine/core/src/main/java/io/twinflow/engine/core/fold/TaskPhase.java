package io.twinflow.engine.core.fold;

/** The states of a task. */
public enum TaskPhase {
  /** Known, and without an attempt. */
  CREATED,
  /** An attempt is at a site, or on its way. */
  ACTIVE,
  /** The last attempt failed and another will be made. */
  WAITING,
  SUCCEEDED,
  FAILED,
  /** It ended after a cancel. */
  DISCARDED
}
