package io.twinflow.engine.core.turns;

import io.twinflow.engine.core.RunId;

/**
 * A run that wants slots at a site.
 *
 * @param site its name
 * @param workflow its name
 * @param priority among the runs of its subject; the higher goes first
 */
public record Claimant(RunId run, String site, String subject, String workflow, int priority) {}
