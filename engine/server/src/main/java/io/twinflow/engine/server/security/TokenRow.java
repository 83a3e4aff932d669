package io.twinflow.engine.server.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as lists show it: never the token itself.
 *
 * @param expires UTC; null for never
 * @param maxQueuedRuns a submission is refused while so many runs of the subject wait or run; null
 *     for no limit
 * @param maxPriority the highest priority of a run that it may ask for
 * @param revoked UTC; null while it is good
 * @param lastUsed UTC, to the minute; null if it never was
 */
@Schema(name = "Token")
public record TokenRow(
    long id,
    String subject,
    String name,
    boolean administrator,
    @Nullable Integer maxQueuedRuns,
    int maxPriority,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant revoked,
    @Nullable Instant lastUsed) {}
