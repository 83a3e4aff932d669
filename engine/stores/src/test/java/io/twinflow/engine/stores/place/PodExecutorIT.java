package io.twinflow.engine.stores.place;

import static org.awaitility.Awaitility.await;

import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What all executors must do, in pods of a real Kubernetes that share nothing but a store. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class PodExecutorIT extends ExecutorContract {

  private static @Nullable PodBench bench;

  @BeforeAll
  static void build() throws IOException {
    bench = new PodBench(Gateway.site());
  }

  @Override
  protected Executor open(Path scratch) {
    Executor executor = Objects.requireNonNull(bench).open(Map.of());
    // It asks for the size in the background, and takes any until it knows.
    await().atMost(Duration.ofMinutes(3)).until(() -> executor.capabilities().cores() < 1_000_000);
    return executor;
  }

  @Override
  protected ContainerSpec container() {
    return ContainerSpec.pull(PodBench.image(), null);
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(
        Feature.EXACT_ENVIRONMENT,
        Feature.STAGES_ANYWHERE,
        Feature.CHANGES_IN_PLACE,
        Feature.KNOWS_SIGNALS,
        // The scheduler of Kubernetes takes whatever fits.
        Feature.STARTS_IN_TURN);
  }

  @AfterAll
  static void stop() throws Exception {
    if (bench != null) {
      PodBench.kubectl("delete", "jobs", "--all", "--wait=false");
      bench.close();
    }
  }
}
