package io.twinflow.engine.core.turns;

import io.twinflow.engine.core.RunId;

/**
 * A run that wants slots at a site.
 *
 * @param workflow its name
 * @param priority among the runs of its subject; the higher goes first
 */
public record Claimant(RunId run, String subject, String workflow, int priority) {}
