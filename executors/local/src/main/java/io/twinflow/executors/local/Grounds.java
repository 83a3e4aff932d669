package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.TaskSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Chooses what an attempt stands on. */
final class Grounds {

  private final Ground host = new HostGround();

  Grounds(LocalOptions options) {}

  Ground of(TaskSpec task) {
    return host;
  }

  Optional<String> engineName() {
    return Optional.empty();
  }

  String advice() {
    return "containers come with the next step";
  }

  boolean stopRemains(AttemptKey attempt, Duration grace) throws IOException {
    return host.stopRemains(attempt, grace);
  }
}
