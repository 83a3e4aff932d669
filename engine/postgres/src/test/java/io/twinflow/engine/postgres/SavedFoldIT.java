package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engines;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.SavingRule;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.engine.core.saved.FoldFromEvery;
import io.twinflow.engine.core.saved.MixedRun;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are taken up from a fold that was saved in the database. */
final class SavedFoldIT {

  /** After each commit. */
  private static final SavingRule OFTEN = new SavingRule(1, 1, Duration.ofDays(1));

  @RegisterExtension private final TestDatabase database = new TestDatabase();
  @TempDir private Path folder;
  private final FakeExecutor site = MixedRun.site();
  private Instance instance;
  private PostgresJournalStore store;

  @BeforeEach
  void join() throws Exception {
    instance =
        Instance.join(
            database.source(), "test", "default", Duration.ofSeconds(60), JournalMeter.NONE);
    store =
        new PostgresJournalStore(database.pool(), database.source(), instance, JournalMeter.NONE);
  }

  @AfterEach
  void leave() {
    store.close();
    instance.close();
  }

  private Engine engine() throws Exception {
    return Engines.open(MixedRun.config(folder, site).withSaving(OFTEN), store);
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** An engine dies after so many events of its own. */
  private static Engine.Follower mortal(int life) {
    return new Engine.Follower() {
      private int heard;

      @Override
      public void takenUp(Collection<OpenTask> open) {}

      @Override
      public void happened(Envelope envelope) {
        heard++;
        if (heard == life) {
          throw new Death();
        }
      }
    };
  }

  @Test
  void foldsOfRealRunsGoOnFromEveryEvent() throws Exception {
    try (Engine engine = engine()) {
      RunId run = MixedRun.submit(engine, folder);
      engine.execute(run, event -> {});
      assertThat(FoldFromEvery.event(store, run, Plan.of(engine.definition(run))))
          .isGreaterThan(80);
    }
  }

  @Test
  void aRunWhoseEnginesDieAgainAndAgainEndsAndLeavesNoFold() throws Exception {
    RunId run;
    try (Engine engine = engine()) {
      run = MixedRun.submit(engine, folder);
    }
    int saved = 0;
    Optional<RunOutcome> outcome = Optional.empty();
    for (int lives = 1; outcome.isEmpty(); lives++) {
      try (Engine engine = engine()) {
        outcome = Optional.of(engine.execute(run, mortal(5 + lives)));
      } catch (Death e) {
        assertThat(lives).isLessThan(100);
        saved += store.folds(run).newest().isPresent() ? 1 : 0;
      }
    }
    assertThat(outcome.get().state()).isEqualTo(RunState.FAILED);
    assertThat(saved).as("lives that left a saved fold").isPositive();
    assertThat(store.folds(run).newest()).isEmpty();
  }

  /** {@code docs/figures/folds.md}: what it takes to take up a long run. */
  @Test
  @Tag("long")
  void figures() throws Exception {
    FoldFigures figures = new FoldFigures();
    for (int shards : new int[] {100_000, 330_000}) {
      Path files = folder.resolve("files" + shards);
      Files.createDirectories(files);
      FileJournalStore inFiles = new FileJournalStore(files.resolve("home/runs"));
      figures.measure("file", shards, new LongRun(files, inFiles), inFiles);
      figures.measure("PostgreSQL", shards, new LongRun(folder, store), store);
    }
    figures.write();
  }
}
