package io.twinflow.engine.server.security;

import io.twinflow.engine.core.event.Event.RunOptions;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Anybody may lower the priority of a run; who may raise it, and how far, says their token. */
public final class Priorities {

  private Priorities() {}

  /**
   * @throws ResponseStatusException with status 403 if the token does not allow it
   */
  public static void check(Caller caller, RunOptions options) {
    int most = caller.administrator() ? RunOptions.MOST_PRIORITY : caller.mostPriority();
    if (options.priority() > most) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN,
          "priority: this token may ask for up to %d, found %d; ask for less, or an administrator for a token with a higher maxPriority"
              .formatted(most, options.priority()));
    }
  }

  /** Whether it is a priority at all. */
  public static boolean isOne(int priority) {
    return Math.abs(priority) <= RunOptions.MOST_PRIORITY;
  }
}
