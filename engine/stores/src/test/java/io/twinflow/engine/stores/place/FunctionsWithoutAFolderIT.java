package io.twinflow.engine.stores.place;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.RemotePlace;
import io.twinflow.executors.serverless.functions.FunctionOptions;
import io.twinflow.executors.serverless.functions.FunctionSite;
import io.twinflow.executors.testing.ExecutorContract;
import io.twinflow.executors.testing.Feature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What all executors must do, with functions that share nothing with the engine but a store. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class FunctionsWithoutAFolderIT extends ExecutorContract {

  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path disk;

  private static @Nullable StoreBench bench;

  @BeforeAll
  static void build() throws IOException {
    bench = new StoreBench(disk, Duration.ofMinutes(10));
  }

  @AfterAll
  static void stop() throws IOException {
    if (bench != null) {
      bench.close();
    }
    deleteFolder(disk);
  }

  @Override
  protected Executor open(Path scratch) {
    StoreBench store = Objects.requireNonNull(bench);
    return FunctionSite.open(
        FunctionOptions.at(URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL")), scratch)
            .withLimits(Limits.DEFAULT.withPoll(Duration.ofMillis(100))),
        new RemotePlace("test", store.place, store.tasks));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS, Feature.CHANGES_IN_PLACE);
  }

  /** The queue is the executor's own, whatever it is a queue of: proven with a folder. */
  @Override
  public void aBigOneIsNotStarvedBySmallOnes() {}

  @Override
  public void aBatchOfManyEndsWithAnAnswerForEach() {}

  /** Proven with the same script by {@link PlaceExecutorIT}. */
  @Override
  public void everyExitCodeIsReportedAsItIs() {}
}
