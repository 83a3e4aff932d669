package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attempts of which somebody wants no more, noted in the place for engines that come later. The
 * place is asked once.
 *
 * @see Ground#isCancelled
 */
final class Cancelled {

  private final ObjectPlace place;
  private final String prefix;
  private @Nullable Set<String> all;

  Cancelled(ObjectPlace place, String prefix) {
    this.place = place;
    this.prefix = prefix;
  }

  private synchronized Set<String> all() throws IOException {
    Set<String> noted = all;
    if (noted == null) {
      noted = new HashSet<>();
      for (ObjectPlace.Found found : place.list(prefix)) {
        noted.add(found.name().substring(prefix.length()));
      }
      all = noted;
    }
    return noted;
  }

  synchronized boolean has(AttemptKey attempt) {
    try {
      return all().contains(attempt.value());
    } catch (IOException e) {
      System.getLogger(Cancelled.class.getName())
          .log(Level.INFO, "whether {0} is cancelled is not known: {1}", attempt, e.getMessage());
      return false;
    }
  }

  synchronized void note(AttemptKey attempt) throws IOException {
    place.put(prefix + attempt.value(), new byte[0]);
    all().add(attempt.value());
  }

  synchronized void forget(AttemptKey attempt) throws IOException {
    if (all().remove(attempt.value())) {
      place.delete(prefix + attempt.value());
    }
  }
}
