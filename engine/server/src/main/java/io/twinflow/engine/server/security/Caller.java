package io.twinflow.engine.server.security;

/**
 * Who calls, as their token says.
 *
 * @param administrator sees and changes what belongs to others too
 * @param token the name of the token, for the audit
 * @param mostPriority the highest priority that the token may ask for
 */
public record Caller(
    String tenant, String subject, boolean administrator, String token, int mostPriority) {

  public Caller(String tenant, String subject, boolean administrator) {
    this(tenant, subject, administrator, "", 0);
  }
}
