package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.core.RunId;

/**
 * A run that waits for its turn.
 *
 * @param turn when it was submitted, in seconds, less a minute for each point of its priority: the
 *     smaller goes first
 */
public record QueuedRun(RunId run, String subject, String workflow, double turn) {}
