package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import java.time.Instant;

/**
 * An event of the inbox.
 *
 * @param number its place there; later ones have greater numbers
 * @param sender whose token it came with
 * @param event without its data where many were asked for
 * @param bytes of its data
 */
public record KeptEvent(
    long number, String sender, Instant received, CloudEvent event, long bytes) {}
