package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the inbox.
 *
 * @param number its place there; later ones have greater numbers
 * @param sender whose token it came with
 * @param event without its data where many were asked for
 * @param bytes of its data
 * @param state new until the triggers were asked about it, then matched, unmatched or refused
 * @param reason why it was refused
 */
public record KeptEvent(
    long number,
    String sender,
    Instant received,
    CloudEvent event,
    long bytes,
    String state,
    @Nullable String reason) {}
