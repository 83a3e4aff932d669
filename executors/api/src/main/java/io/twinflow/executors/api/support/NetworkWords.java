package io.twinflow.executors.api.support;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/**
 * What people read of a call that nobody answered. The JDK's HTTP client mostly throws exceptions
 * without a word, for a name that is not known as for a port where nobody listens.
 */
public final class NetworkWords {

  private NetworkWords() {}

  /** The innermost words; where there are none, what the exceptions mean. */
  public static String of(Throwable failure) {
    String said = "";
    boolean unconnected = false;
    Throwable innermost = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
        return "no address is known for that name";
      }
      unconnected |= e instanceof ConnectException;
      String message = e.getMessage();
      said = message == null || message.isBlank() ? said : message;
      innermost = e;
    }
    if (!said.isEmpty()) {
      return said;
    }
    return unconnected ? "nobody listens there" : innermost.getClass().getSimpleName();
  }
}
