package io.twinflow.executors.local;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

class LocalExecutorIT extends ExecutorContract {

  @Override
  protected Executor open(Path scratch) {
    return new LocalExecutor(
        LocalOptions.in(scratch)
            .withContainers(ContainerChoice.NONE)
            .withGrace(Duration.ofMillis(500)));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS, Feature.STAGES_ANYWHERE, Feature.OUTLIVES_ENGINE);
  }
}
