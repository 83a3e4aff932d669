package io.twinflow.executors.slurm;

import io.twinflow.executors.api.token.Tokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The token that calls are made with. slurmrestd 22.05 says the same of a refused token and of a
 * controller that does not answer, so at such an answer another token is asked for, now and then.
 */
final class UserToken {

  private static final Duration BETWEEN_DOUBTS = Duration.ofMinutes(1);

  private final String user;
  private final Tokens tokens;
  private final Clock clock;
  private Instant doubted = Instant.MIN;

  UserToken(String user, Tokens tokens, Clock clock) {
    this.user = user;
    this.tokens = tokens;
    this.clock = clock;
  }

  String token() throws IOException {
    return tokens.token();
  }

  void refused(String token) {
    tokens.refused(token);
  }

  synchronized void perhapsRefused(String token) {
    Instant now = clock.instant();
    if (doubted.isBefore(now.minus(BETWEEN_DOUBTS))) {
      doubted = now;
      tokens.refused(token);
    }
  }

  /** What to look at. */
  String advice() {
    return "; either slurmctld does not answer, or it refuses the token of user %s (has it ended?)"
        .formatted(user);
  }
}
