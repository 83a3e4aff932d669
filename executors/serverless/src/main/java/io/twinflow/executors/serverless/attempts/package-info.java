/**
 * Attempts at sites that are told to run something by one call each: what is to run and what became
 * of it lies on a {@link io.twinflow.executors.serverless.attempts.Ground}.
 */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.serverless.attempts;
