package io.twinflow.workflowdefs.value;

/** The absence of a value; CWL {@code null}. */
public enum NullValue implements Value {
  NULL
}
