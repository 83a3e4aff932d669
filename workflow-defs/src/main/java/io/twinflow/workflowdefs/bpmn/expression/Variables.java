package io.twinflow.workflowdefs.bpmn.expression;

import io.twinflow.workflowdefs.value.Value;
import org.jspecify.annotations.Nullable;

/** What the names in an expression stand for. */
@FunctionalInterface
public interface Variables {

  /** Null if there is no such variable; an expression that asks for it sees null, too. */
  @Nullable Value get(String name);
}
