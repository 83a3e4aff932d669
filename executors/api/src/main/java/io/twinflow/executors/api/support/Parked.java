package io.twinflow.executors.api.support;

import io.twinflow.executors.api.AttemptKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why attempts could not be submitted yet; they are submitted when the site can be asked. */
public final class Parked {

  private final Map<AttemptKey, String> reasons = new HashMap<>();

  public synchronized void add(Collection<AttemptKey> attempts, String reason) {
    attempts.forEach(attempt -> reasons.put(attempt, reason));
  }

  public synchronized void remove(Collection<AttemptKey> attempts) {
    attempts.forEach(reasons::remove);
  }

  public synchronized Optional<String> reason(AttemptKey attempt) {
    return Optional.ofNullable(reasons.get(attempt));
  }
}
