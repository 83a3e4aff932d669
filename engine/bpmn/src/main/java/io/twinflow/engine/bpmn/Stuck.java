package io.twinflow.engine.bpmn;

/**
 * A process that does not move on by itself.
 *
 * @param reason what went wrong the last time
 */
public record Stuck(String instance, String activity, String reason) {}
