package io.twinflow.engine.core.turns;

import io.twinflow.engine.core.RunId;

/**
 * A run with tasks that are ready and may not yet be submitted.
 *
 * @param tasks so many
 * @param code a word for programs, as in {@code limit.subject}
 * @param reason a sentence for people
 */
public record WaitingRun(RunId run, int tasks, String code, String reason) {}
