package io.twinflow.engine.server.queue;

import io.twinflow.engine.core.Failure;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * What to answer when a submission was refused only for now, and nothing of it was kept.
 *
 * @param after when it makes sense to send it again
 */
public record RetryLater(HttpStatus status, Duration after) {

  /** Empty for failures that will not go away by waiting. */
  public static Optional<RetryLater> of(Failure failure) {
    return switch (failure.code()) {
      case "queue.full" -> tooMany(10);
      case "pressure.journal" -> tooMany(5);
      case "pressure.disk" -> tooMany(60);
      case "pressure.uploads" -> tooMany(2);
      case "server.busy" ->
          Optional.of(new RetryLater(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(5)));
      default -> Optional.empty();
    };
  }

  private static Optional<RetryLater> tooMany(int seconds) {
    return Optional.of(new RetryLater(HttpStatus.TOO_MANY_REQUESTS, Duration.ofSeconds(seconds)));
  }
}
