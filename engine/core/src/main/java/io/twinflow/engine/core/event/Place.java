package io.twinflow.engine.core.event;

/**
 * Where in a run something happens: an invocation of a step.
 *
 * @param scope the scope's number; 0 is the root
 * @param step the step's name; empty for the process of a run that is not a workflow
 * @param shard from 0, in the flat order of the scatter; -1 if the step is not scattered
 * @param iteration from 0; -1 if the step does not loop
 */
public record Place(long scope, String step, int shard, int iteration) {

  /** The root scope. */
  public static final long ROOT = 0;

  /** A step that is neither scattered nor looped. */
  public static Place of(long scope, String step) {
    return new Place(scope, step, -1, -1);
  }
}
