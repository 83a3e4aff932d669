package io.twinflow.triggers.inbox;

/** Who sent an event, as their token says. */
public record Sender(String tenant, String subject) {}
