package io.twinflow.engine.bpmn;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;

/** How work ended that a process asked for. */
public sealed interface Answer {

  /**
   * It succeeded.
   *
   * @param results by the names that the service task's outputs have
   * @param told how it came about, in a person's words, to be kept with what happened; may be empty
   */
  record Done(RecordValue results, String told) implements Answer {
    public Done(RecordValue results) {
      this(results, "");
    }
  }

  /** It failed; the kind is the code of a BPMN error. */
  record Failed(FailureKind kind, String message) implements Answer {}
}
