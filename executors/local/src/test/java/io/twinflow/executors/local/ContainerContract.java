package io.twinflow.executors.local;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The executors' contract, in containers. */
abstract class ContainerContract extends ExecutorContract {

  private final ContainerChoice engine;

  ContainerContract(ContainerChoice engine) {
    this.engine = engine;
  }

  @Override
  protected Executor open(Path scratch) {
    return new LocalExecutor(
        LocalOptions.in(scratch).withContainers(engine).withGrace(Duration.ofSeconds(1)));
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
    return ContainerSpec.pull(NeedsEngine.BASE, null);
  }

  /** Whose turn it is is decided before anything starts: a hundred containers prove no more. */
  @Override
  @Test
  @Tag("long")
  @ResourceLock(WHOLE_SITE)
  @SuppressWarnings("JUnitMethodInvoked") // the same test, with another tag
  public void aBigOneIsNotStarvedBySmallOnes() throws Exception {
    super.aBigOneIsNotStarvedBySmallOnes();
  }
}
