package io.twinflow.engine.bpmn;

import java.time.Instant;

/**
 * A task of a person that is not done, although its time is over.
 *
 * @param instance the one that people know: of a called process the caller
 */
public record Overdue(String task, String instance, String activity, Instant due) {}
