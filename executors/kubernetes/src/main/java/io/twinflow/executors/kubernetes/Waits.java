package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.TaskState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What attempts were told to wait for: to be read while others are looked at, which may take long.
 */
final class Waits {

  private final Map<AttemptKey, String> reasons = new ConcurrentHashMap<>();

  void now(AttemptKey attempt, TaskState state) {
    if (state instanceof TaskState.Queued queued) {
      reasons.put(attempt, queued.reason());
    } else {
      reasons.remove(attempt);
    }
  }

  Optional<String> of(AttemptKey attempt) {
    return Optional.ofNullable(reasons.get(attempt));
  }
}
