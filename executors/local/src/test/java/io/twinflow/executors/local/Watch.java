package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Follows one batch, and waits for what its attempts must come to. */
final class Watch {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final LocalExecutor executor;
  private final BatchHandle batch;
  private final Map<AttemptKey, TaskState> states = new HashMap<>();

  Watch(LocalExecutor executor, BatchHandle batch) {
    this.executor = executor;
    this.batch = batch;
  }

  void awaitStart(AttemptKey attempt) {
    await(() -> states.get(attempt) instanceof TaskState.Running);
  }

  void awaitEnds(Collection<AttemptKey> attempts) {
    await(() -> attempts.stream().allMatch(this::hasEnded));
  }

  private boolean hasEnded(AttemptKey attempt) {
    return switch (states.get(attempt)) {
      case null -> false;
      case TaskState.Queued queued -> false;
      case TaskState.Running running -> false;
      case TaskState.Ended ended -> true;
      case TaskState.Lost lost -> true;
    };
  }

  private void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          for (Observation news : executor.observe(List.of(batch), BETWEEN_LOOKS)) {
            states.put(news.attempt(), news.state());
          }
          return condition.getAsBoolean();
        });
  }
}
