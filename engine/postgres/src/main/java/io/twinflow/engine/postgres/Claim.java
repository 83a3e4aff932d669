package io.twinflow.engine.postgres;

/**
 * Ownership of a run as the database has it.
 *
 * @param number higher with each owner; an append under an older one is refused
 * @param head of the journal when the claim was made
 */
record Claim(long number, long head) {}
