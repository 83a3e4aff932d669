package io.twinflow.executors.slurm;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On a stand-in: see {@link SlurmStandIn}. */
@Execution(ExecutionMode.CONCURRENT)
class LaterSlurmExecutorIT extends ExecutorContract {

  private static SlurmStandIn slurm;

  @BeforeAll
  static void start() {
    slurm = new SlurmStandIn("v0.0.43");
  }

  @AfterAll
  static void stop() {
    slurm.close();
  }

  @Override
  protected Executor open(Path scratch) {
    return new SlurmExecutor(
            SlurmOptions.at(slurm.uri(), "somebody", () -> SlurmStandIn.TOKEN, scratch)
                .withPoll(Duration.ofMillis(50)))
        .withKnownSize();
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.ENFORCES_READ_ONLY_INPUTS, Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS);
  }
}
