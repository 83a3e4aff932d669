package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run and the one that it continues, when one of them is not what it should be. */
@Timeout(30)
final class ContinuedRunTest {

  private static final RunId NEVER_MADE = new RunId("20261120-093000-aaaaaa");

  @TempDir Path folder;

  private boolean broken = true;

  private TestEngine open() throws Exception {
    return new TestEngine(
        folder,
        FakeExecutor.ending(
            task -> broken && task.name().equals("/after") ? FakeEnd.exit(1) : FakeEnd.success()));
  }

  private static RunId retry(TestEngine test, RunId ended) throws Exception {
    return test.engine.submit(
        new RunRequest(
            test.load(TwoBranches.CWL),
            TestEngine.json(TwoBranches.INPUTS),
            TwoBranches.UNCACHED,
            Map.of(),
            Optional.of(ended)));
  }

  private RunId failed(TestEngine test) throws Exception {
    RunId run = TwoBranches.submit(test);
    assertThat(test.execute(run).state()).isEqualTo(RunState.FAILED);
    return run;
  }

  @Test
  void aRunGoesOnAlthoughTheOneThatItContinuesIsGone() throws Exception {
    try (TestEngine test = open()) {
      RunId gone = failed(test);
      RunId run = retry(test, gone);
      FolderTree.delete(Path.of(test.engine.storage().whereabouts(gone)));
      broken = false;

      TwoBranches.assertThatItSucceeded(test.execute(run));
      assertThat(test.events(Event.NoticeGiven.class))
          .singleElement()
          .satisfies(notice -> assertThat(notice.text()).contains(gone.value()));
    }
  }

  @Test
  void aRunStaysAsLongAsAnOpenOneContinuesIt() throws Exception {
    try (TestEngine test = open()) {
      RunId first = failed(test);
      RunId second = retry(test, first);
      assertThat(test.execute(second).state()).isEqualTo(RunState.FAILED);
      RunId third = retry(test, second);
      Storage storage = test.engine.storage();

      for (RunId needed : new RunId[] {first, second}) {
        assertThatThrownBy(() -> storage.delete(needed))
            .isInstanceOfSatisfying(
                FailureException.class,
                e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.USER))
            .hasMessageContaining(third.value());
      }
      broken = false;
      TwoBranches.assertThatItSucceeded(test.execute(third));
      storage.delete(first);
      storage.delete(second);
      assertThat(test.engine.runs()).containsExactly(third);
    }
  }

  @Test
  void aRunThatWasNeverMadeIsNotContinuedNorResumed() throws Exception {
    try (TestEngine test = open()) {
      new FileJournalStore(folder.resolve("home").resolve("runs"))
          .create(NEVER_MADE, "somebody")
          .close();
      assertThatThrownBy(() -> retry(test, NEVER_MADE))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("never completely made; start it again");
    }
  }
}
