package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import java.time.Instant;

/**
 * An attempt that a site has to run.
 *
 * @param queued when its batch was written down
 */
public record Attempt(AttemptKey key, BatchKey batch, Call call, Instant queued) {}
