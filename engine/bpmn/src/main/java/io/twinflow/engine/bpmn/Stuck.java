package io.twinflow.engine.bpmn;

/**
 * A process that does not move on by itself.
 *
 * @param instance that was started; the activity may be in a process that it has called
 * @param reason what went wrong the last time
 */
public record Stuck(String instance, String activity, String reason) {}
