package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;

/**
 * There is no token to make a call with. Thrown within the client, whose callers take its own
 * exceptions for what became of a call and any other for a defect.
 */
final class NoToken extends KubernetesClientException {

  private static final long serialVersionUID = 1L;

  /** People read the innermost words, so the reason is no cause. */
  NoToken(IOException reason) {
    super("there is no token: %s; see token: of the site".formatted(reason.getMessage()));
    addSuppressed(reason);
  }

  static boolean isBehind(Throwable failure) {
    Throwable e = failure;
    while (e != null && !(e instanceof NoToken)) {
      e = e.getCause();
    }
    return e != null;
  }
}
