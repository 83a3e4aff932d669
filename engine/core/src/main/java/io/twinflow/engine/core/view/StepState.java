package io.twinflow.engine.core.view;

/** What a person wants to know of a step at a glance. */
public enum StepState {
  WAITING,
  RUNNING,
  DONE,
  SKIPPED,
  FAILED
}
