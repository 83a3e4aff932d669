package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.Exchange;

/**
 * With which a site tells of an attempt: each is worth one attempt, nobody keeps it, and no tickets
 * are given for it.
 */
public final class CallbackTokens {

  private final TicketKey key;
  private final String site;

  private CallbackTokens(TicketKey key, String site) {
    this.key = key;
    this.site = site;
  }

  public static CallbackTokens of(Exchange exchange, String site) {
    return new CallbackTokens(TicketKey.of(exchange), site);
  }

  /** A secret. */
  public String token(AttemptKey attempt) {
    return key.callback(site, attempt);
  }

  public boolean isToken(AttemptKey attempt, String token) {
    return key.isCallback(site, attempt, token);
  }
}
