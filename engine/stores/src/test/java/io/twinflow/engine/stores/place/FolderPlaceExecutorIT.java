package io.twinflow.engine.stores.place;

import io.twinflow.executors.api.AttemptKey;
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
import org.junit.jupiter.api.io.TempDir;

/** What all executors must do, at a site that fetches files from the engine itself. */
@Tag("long")
class FolderPlaceExecutorIT extends ExecutorContract {

  @TempDir private static Path disk;
  private static @Nullable StoreBench bench;
  private static @Nullable Machine machine;

  @BeforeAll
  static void build() throws IOException {
    StoreBench made = StoreBench.ofFolder(disk, Duration.ofMinutes(10));
    bench = made;
    machine = new Machine(4, (attempt, job) -> start(made, attempt, job));
  }

  private static Process start(StoreBench bench, AttemptKey attempt, String job)
      throws IOException {
    return bench.start(
        Client.CURL, attempt, Map.of("TWINFLOW_SITE_ID", job, "TWINFLOW_GRACE", "1"));
  }

  @Override
  protected Executor open(Path scratch) {
    return new PlaceExecutor(Objects.requireNonNull(bench), Objects.requireNonNull(machine));
  }

  @Override
  protected Set<Feature> without() {
    return Set.of(Feature.STAGES_ANYWHERE, Feature.KNOWS_SIGNALS, Feature.CHANGES_IN_PLACE);
  }

  /** The queue is this test's own: first come, first served. */
  @Override
  public void aBigOneIsNotStarvedBySmallOnes() {}

  /** What an engine that was closed has left there goes on, and this machine has four cores. */
  @Override
  public void twoThatNeedTheWholeSiteDoNotRunTogether() {}

  @AfterAll
  static void stop() throws IOException {
    if (machine != null) {
      machine.close();
    }
    if (bench != null) {
      bench.close();
    }
  }
}
