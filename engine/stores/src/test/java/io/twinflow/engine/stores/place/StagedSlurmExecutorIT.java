package io.twinflow.engine.stores.place;

import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What all executors must do, as jobs of a real Slurm that share nothing but a store. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class StagedSlurmExecutorIT extends ExecutorContract {

  private static @Nullable SlurmBench bench;

  @BeforeAll
  static void build() throws IOException {
    bench = new SlurmBench(Gateway.site());
  }

  @Override
  protected Executor open(Path scratch) {
    return Objects.requireNonNull(bench).withKnownSize(site());
  }

  /** What the site has beside its address. */
  protected Map<String, Setting> site() {
    return Map.of();
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS, Feature.CHANGES_IN_PLACE);
  }

  /** Slurm's own scheduler takes half a minute to show it. */
  @Override
  @Test
  @Tag("long")
  @ResourceLock(WHOLE_SITE)
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBigOneIsNotStarvedBySmallOnes() throws Exception {
    super.aBigOneIsNotStarvedBySmallOnes();
  }

  @AfterAll
  static void stop() throws IOException {
    if (bench != null) {
      bench.close();
    }
  }
}
