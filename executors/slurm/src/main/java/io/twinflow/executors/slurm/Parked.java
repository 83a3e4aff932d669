package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why attempts could not be submitted yet; they are submitted when the site can be asked. */
final class Parked {

  private final Map<AttemptKey, String> reasons = new HashMap<>();

  synchronized void add(Collection<AttemptKey> attempts, String reason) {
    attempts.forEach(attempt -> reasons.put(attempt, reason));
  }

  synchronized void remove(Collection<AttemptKey> attempts) {
    attempts.forEach(reasons::remove);
  }

  synchronized Optional<String> reason(AttemptKey attempt) {
    return Optional.ofNullable(reasons.get(attempt));
  }
}
