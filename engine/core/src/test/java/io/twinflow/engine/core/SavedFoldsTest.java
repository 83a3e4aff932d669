package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.engine.core.saved.FoldFromEvery;
import io.twinflow.engine.core.saved.MixedRun;
import io.twinflow.engine.core.saved.SavedFold;
import io.twinflow.executors.testing.FakeExecutor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are taken up from a saved fold. */
@Timeout(60)
final class SavedFoldsTest {

  /** After each commit. */
  private static final SavingRule OFTEN = new SavingRule(1, 1, Duration.ofDays(1));

  @TempDir Path folder;
  private FakeExecutor site = MixedRun.site();

  private Engine engine() throws Exception {
    return Engines.open(MixedRun.config(folder, site).withSaving(OFTEN));
  }

  private FileJournalStore store() {
    return new FileJournalStore(folder.resolve("home/runs"));
  }

  /** Dies after so many events of its own. */
  private static final class Mortal implements Engine.Follower {
    private final List<Envelope> heard = new ArrayList<>();
    private final List<Long> open = new ArrayList<>();
    private final int life;

    Mortal(int life) {
      this.life = life;
    }

    @Override
    public void takenUp(Collection<OpenTask> tasks) {
      tasks.forEach(task -> open.add(task.number()));
    }

    @Override
    public void happened(Envelope envelope) {
      heard.add(envelope);
      if (heard.size() == life) {
        throw new Crash();
      }
    }
  }

  @Test
  void foldsOfRealRunsGoOnFromEveryEvent() throws Exception {
    try (Engine engine = engine()) {
      RunId run = MixedRun.submit(engine, folder);
      RunOutcome outcome = engine.execute(run, event -> {});
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(FoldFromEvery.event(store(), run, Plan.of(engine.definition(run))))
          .isGreaterThan(80);
    }
  }

  @Test
  void aRunWhoseEnginesDieAgainAndAgainEndsAsItWouldHave() throws Exception {
    RunOutcome expected;
    try (Engine engine = engine()) {
      expected = engine.execute(MixedRun.submit(engine, folder), event -> {});
    }
    long tools = site.toolRuns();
    RunId run;
    try (Engine engine = engine()) {
      run = MixedRun.submit(engine, folder);
    }
    Optional<RunOutcome> outcome = Optional.empty();
    int saved = 0;
    for (int lives = 1; outcome.isEmpty(); lives++) {
      try (Engine engine = engine()) {
        outcome = Optional.of(engine.execute(run, new Mortal(5 + lives)));
      } catch (Crash e) {
        assertThat(lives).isLessThan(100);
        saved += store().folds(run).newest().isPresent() ? 1 : 0;
      }
    }
    assertThat(outcome.get().state()).isEqualTo(expected.state());
    assertThat(outcome.get().outputs()).isEqualTo(expected.outputs());
    assertThat(saved).as("lives that left a saved fold").isPositive();
    // An attempt that never reached the site is lost, and the next one of a flaky step ends well.
    assertThat(site.toolRuns()).isBetween(2 * tools - MixedRun.FLAKY, 2 * tools);
    assertThat(store().folds(run).newest()).isEmpty();
  }

  /** A run whose fold was saved when its engine died. */
  private RunId halfDone() throws Exception {
    RunId run;
    try (Engine engine = engine()) {
      run = MixedRun.submit(engine, folder);
    }
    diesAfter(run, 40);
    save(run);
    return run;
  }

  private void diesAfter(RunId run, int events) throws Exception {
    Mortal follower = new Mortal(events);
    try (Engine engine = engine()) {
      engine.execute(run, follower);
    } catch (Crash e) {
      assertThat(follower.heard).hasSize(events);
    }
    assertThat(follower.heard).hasSize(events);
  }

  private void save(RunId run) throws Exception {
    RunFold fold = whole(run);
    SavedFold form = new SavedFold(run, Instance.version());
    store().folds(run).save(fold.sequence(), out -> form.write(fold.save(), out));
  }

  private Optional<RunFold> fromSaved(RunId run, String version) throws Exception {
    FileJournalStore store = store();
    try (Engine engine = engine();
        Journal journal = store.open(run, "test")) {
      PinnedPlans plans = new PinnedPlans(store, MixedRun.config(folder, site).definitions());
      assertThat(engine.runs()).contains(run);
      return new FoldFromSaved(
              run,
              plans,
              new Payloads(store.blobs(run))::load,
              new SavedFold(run, version),
              store.folds(run))
          .of(journal);
    }
  }

  private RunFold whole(RunId run) throws Exception {
    try (Engine engine = engine()) {
      RunFold fold =
          new RunFold(Plan.of(engine.definition(run)), new Payloads(store().blobs(run))::load);
      store().read(run, 0, fold::apply);
      return fold;
    }
  }

  @Test
  void whoTakesARunUpIsToldWhatIsOpen() throws Exception {
    RunId run = halfDone();
    RunFold fold = whole(run);
    Mortal next = new Mortal(1);
    try (Engine engine = engine()) {
      engine.execute(run, next);
    } catch (Crash e) {
      assertThat(next.heard.getFirst().sequence()).isEqualTo(fold.sequence() + 1);
    }
    assertThat(next.open)
        .isNotEmpty()
        .isEqualTo(fold.openTasks().stream().map(OpenTask::number).toList());
  }

  @Test
  void aSavedFoldIsTheBeginningOfTheFold() throws Exception {
    RunId run = halfDone();
    assertThat(fromSaved(run, Instance.version()).orElseThrow().save())
        .isEqualTo(whole(run).save());
  }

  @Test
  void theFoldOfAnotherVersionOrAnotherRunIsOfNoUse() throws Exception {
    RunId run = halfDone();
    RunId other = halfDone();
    assertThat(fromSaved(run, "0.0.1")).isEmpty();
    Path file = folder.resolve("home/runs").resolve(run.value()).resolve("fold");
    Files.copy(
        folder.resolve("home/runs").resolve(other.value()).resolve("fold"),
        file,
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(fromSaved(run, Instance.version())).isEmpty();
  }

  @Test
  void aDamagedFoldIsOfNoUseAndHarmsNothing() throws Exception {
    RunId run = halfDone();
    Path file = folder.resolve("home/runs").resolve(run.value()).resolve("fold");
    byte[] bytes = Files.readAllBytes(file);
    SavedFold form = new SavedFold(run, Instance.version());
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 4;
      assertThat(isRead(form, flipped)).as("bit at %d", at).isFalse();
      assertThat(isRead(form, Arrays.copyOf(bytes, at))).as("cut at %d", at).isFalse();
    }
    assertThat(isRead(form, bytes)).isTrue();
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(fromSaved(run, Instance.version())).isEmpty();
    try (Engine engine = engine()) {
      assertThat(engine.execute(run, new Mortal(-1)).state()).isEqualTo(RunState.FAILED);
    }
  }

  private static boolean isRead(SavedFold form, byte[] bytes) {
    try {
      form.read(new ByteArrayInputStream(bytes));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** As after a journal was restored from an older copy and its run went on from there. */
  @Test
  void aFoldOfAnotherHistoryIsOfNoUse() throws Exception {
    RunId run = halfDone();
    Path runFolder = folder.resolve("home/runs").resolve(run.value());
    byte[] journal = Files.readAllBytes(runFolder.resolve("journal"));
    diesAfter(run, 10);
    save(run);
    Path later = Files.copy(runFolder.resolve("fold"), folder.resolve("later"));
    Files.write(runFolder.resolve("journal"), journal);
    assertThat(fromSaved(run, Instance.version())).as("ahead of the journal").isEmpty();
    Files.delete(runFolder.resolve("fold"));
    // What it did in the other history, this site has never heard of.
    site = MixedRun.site();
    diesAfter(run, 15);
    Files.copy(later, runFolder.resolve("fold"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(fromSaved(run, Instance.version())).as("another history").isEmpty();
  }
}
