package io.twinflow.engine.bpmn;

/** What became of an answer. */
public enum Answered {
  /** The process goes on with it. */
  WENT_ON,
  /** Nobody caught the failure: the process has ended as failed. */
  ENDED,
  /** There was an answer before, which counts. */
  BEFORE,
  /** Nobody waits for it: the process was cancelled, or an event has interrupted the task. */
  LATE
}
