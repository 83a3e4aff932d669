package io.twinflow.engine.server.security;

/**
 * Who calls, as their token says.
 *
 * @param administrator sees and changes what belongs to others too
 */
public record Caller(String tenant, String subject, boolean administrator) {}
