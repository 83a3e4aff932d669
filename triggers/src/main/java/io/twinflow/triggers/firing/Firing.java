package io.twinflow.triggers.firing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger made of events.
 *
 * @param state collecting, waiting, starting, started, done, skipped or dead
 * @param due when it is looked at next
 * @param run the name of its run; null if none was begun
 * @param reason why it is not further, or came to nothing
 * @param events how many it has
 */
public record Firing(
    long id,
    String trigger,
    int version,
    String subject,
    String key,
    String state,
    Instant due,
    @Nullable String run,
    int tries,
    @Nullable String reason,
    int events,
    Instant created,
    Instant changed) {}
