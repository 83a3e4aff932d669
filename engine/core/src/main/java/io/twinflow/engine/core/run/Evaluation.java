package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.workflowdefs.value.RecordValue;

/** What the expressions of a step say about one invocation. */
sealed interface Evaluation {

  /**
   * It is made.
   *
   * @param overrides the inputs that differ from what links, defaults and scatter say
   */
  record Make(RecordValue overrides) implements Evaluation {}

  /** {@code when} is false. */
  record Skip() implements Evaluation {}

  /** {@code loopWhen} is false. */
  record EndLoop() implements Evaluation {}

  record Fail(Failure failure) implements Evaluation {}
}
