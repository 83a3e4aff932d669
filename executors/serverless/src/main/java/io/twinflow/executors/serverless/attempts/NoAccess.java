package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a {@link SiteException}: there is no token, or the site takes it no longer. The work
 * waits for a person, however long that takes.
 */
public final class NoAccess extends IOException {

  private static final long serialVersionUID = 1L;

  private NoAccess(String message, @Nullable IOException cause) {
    super(message, cause);
  }

  /** Nothing happened, for that reason. */
  public static SiteException because(String words, @Nullable IOException cause) {
    String message = words + "; see token: of the site";
    return new SiteException(
        Certainty.NOTHING_HAPPENED,
        FailureKind.INFRASTRUCTURE,
        message,
        new NoAccess(message, cause));
  }

  static boolean isBehind(SiteException e) {
    return e.getCause() instanceof NoAccess;
  }
}
