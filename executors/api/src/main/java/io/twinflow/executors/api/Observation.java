package io.twinflow.executors.api;

/** A state of an attempt, as told by its site. */
public record Observation(AttemptKey attempt, TaskState state) {}
