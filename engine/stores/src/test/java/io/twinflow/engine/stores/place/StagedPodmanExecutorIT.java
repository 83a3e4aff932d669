package io.twinflow.engine.stores.place;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.testing.Feature;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same in containers, of which podman on Slurm's node makes one for each job. */
@Tag("long")
@EnabledIfEnvironmentVariable(named = "CONTAINERS_STORAGE_CONF", matches = ".+")
class StagedPodmanExecutorIT extends StagedSlurmExecutorIT {

  @Override
  protected Map<String, Setting> site() {
    return SlurmBench.podman();
  }

  @Override
  protected ContainerSpec container() {
    return ContainerSpec.pull(SlurmBench.IMAGE, null);
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.EXACT_ENVIRONMENT,
        Feature.KNOWS_SIGNALS,
        Feature.KNOWS_CPU_TIME,
        Feature.CHANGES_IN_PLACE);
  }
}
