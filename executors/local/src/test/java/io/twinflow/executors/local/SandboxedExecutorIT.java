package io.twinflow.executors.local;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

class SandboxedExecutorIT extends ExecutorContract {

  @BeforeAll
  static void needsBubblewrap() {
    boolean there = Files.isExecutable(Path.of("/usr/bin/bwrap"));
    String advice = "no bubblewrap: apt-get install bubblewrap";
    if ("true".equals(System.getenv("CI"))) {
      Assertions.assertTrue(there, advice);
    }
    Assumptions.assumeTrue(there, advice);
  }

  @Override
  protected Executor open(Path scratch) {
    return new LocalExecutor(
        LocalOptions.in(scratch)
            .withContainers(ContainerChoice.NONE)
            .withSandbox(Sandbox.BWRAP)
            .withHidden(List.of(scratch, Path.of("/tmp")))
            .withGrace(Duration.ofMillis(500)));
  }

  @Override
  protected Set<Feature> without() {
    // Bubblewrap sets PWD, and reports a signal as a shell does.
    return Set.of(
        Feature.EXACT_ENVIRONMENT,
        Feature.KNOWS_SIGNALS,
        Feature.STAGES_ANYWHERE,
        Feature.OUTLIVES_ENGINE);
  }
}
