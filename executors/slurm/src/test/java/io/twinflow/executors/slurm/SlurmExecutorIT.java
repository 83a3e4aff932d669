package io.twinflow.executors.slurm;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** On the Slurm that {@code peers/slurm} starts. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmExecutorIT extends ExecutorContract {

  @Override
  protected Executor open(Path scratch) {
    return new SlurmExecutor(PeerSlurm.options(scratch)).withKnownSize();
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS, Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS);
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
}
