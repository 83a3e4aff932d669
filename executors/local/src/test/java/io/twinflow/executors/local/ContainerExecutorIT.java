package io.twinflow.executors.local;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

class ContainerExecutorIT extends ExecutorContract {

  static final String IMAGE = "debian:stable-slim";

  @BeforeAll
  static void needsDocker() {
    NeedsDocker.withImage(IMAGE);
  }

  @Override
  protected Executor open(Path scratch) {
    return new LocalExecutor(
        LocalOptions.in(scratch)
            .withContainers(ContainerChoice.DOCKER)
            .withGrace(Duration.ofSeconds(1)));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.EXACT_ENVIRONMENT,
        Feature.KNOWS_SIGNALS,
        Feature.KNOWS_CPU_TIME,
        Feature.OUTLIVES_ENGINE);
  }

  @Override
  protected @Nullable ContainerSpec container() {
    return ContainerSpec.pull(IMAGE, null);
  }
}
