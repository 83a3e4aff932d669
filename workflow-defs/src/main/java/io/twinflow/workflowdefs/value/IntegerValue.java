package io.twinflow.workflowdefs.value;

/** CWL {@code int} and {@code long}. */
public record IntegerValue(long value) implements Value {}
