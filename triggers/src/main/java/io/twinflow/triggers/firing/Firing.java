package io.twinflow.triggers.firing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger made of events.
 *
 * @param state collecting, waiting, deciding, starting, checking, started, done, skipped, dead or
 *     quarantined
 * @param due when it is looked at next
 * @param run the name of its run; null if none was begun
 * @param checkRun the name of the run that looks at its data; null if none was begun
 * @param reason why it is not further, or came to nothing
 * @param decided what a table decided, and by which rules, in JSON; null if none did
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
    @Nullable String checkRun,
    int tries,
    @Nullable String reason,
    @Nullable String decided,
    int events,
    Instant created,
    Instant changed) {}
