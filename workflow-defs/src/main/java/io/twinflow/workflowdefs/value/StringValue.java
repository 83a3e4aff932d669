package io.twinflow.workflowdefs.value;

/** CWL {@code string}; also the symbol of an {@code enum}. */
public record StringValue(String value) implements Value {}
