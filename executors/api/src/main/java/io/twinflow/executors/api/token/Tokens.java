package io.twinflow.executors.api.token;

import java.io.IOException;

/** Where the token of a user comes from; asked before each call, so it may change. */
@FunctionalInterface
public interface Tokens {

  /**
   * @throws IOException if there is none now; the work waits, and nothing has failed
   */
  String token() throws IOException;

  /** The site refused a token: the next one is to be fetched, not remembered. */
  default void refused(String token) {}
}
