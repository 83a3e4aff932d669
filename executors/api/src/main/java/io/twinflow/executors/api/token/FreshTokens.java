package io.twinflow.executors.api.token;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a token when 70 % of the life of the present one is over, or when the site refused it.
 * While there is none that is newer, the present one is used until it ends. Safe for many threads.
 */
final class FreshTokens implements Tokens {

  private static final Logger LOG = System.getLogger(FreshTokens.class.getName());

  /** Of a token that does not tell how long it holds. */
  private static final Duration UNTOLD = Duration.ofMinutes(5);

  /** So long a source is not asked again that gave nothing new. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Tokens source;
  private final Clock clock;
  private @Nullable String present;
  private Instant renewal = Instant.MIN;
  private Instant end = Instant.MAX;

  FreshTokens(Tokens source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public synchronized String token() throws IOException {
    Instant now = clock.instant();
    String known = present;
    if (known != null && now.isBefore(renewal)) {
      return known;
    }
    try {
      String fetched = source.token();
      keep(fetched, now);
      return fetched;
    } catch (IOException e) {
      if (known == null || !now.isBefore(end)) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          "the next token cannot be had, the present one is used until {0}: {1}",
          end,
          e.getMessage());
      renewal = now.plus(PAUSE);
      return known;
    }
  }

  private void keep(String token, Instant now) {
    TokenLife life = TokenLife.of(token);
    Instant begin = life.begin().filter(at -> at.isBefore(now)).orElse(now);
    present = token;
    end = life.end().orElse(Instant.MAX);
    Instant due =
        life.end().isPresent()
            ? begin.plus(Duration.between(begin, end).multipliedBy(7).dividedBy(10))
            : now.plus(UNTOLD);
    Instant again = now.plus(PAUSE);
    renewal = due.isAfter(again) ? due : again;
  }

  @Override
  public synchronized void refused(String token) {
    if (token.equals(present)) {
      present = null;
      source.refused(token);
    }
  }
}
