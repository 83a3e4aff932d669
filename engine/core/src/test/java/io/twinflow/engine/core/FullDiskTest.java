package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FullDiskTest {

  @TempDir Path folder;

  private FullDisk disk;

  private TestEngine open(Path place, FakeExecutor site) throws Exception {
    EngineConfig config = TestEngine.config(place, site);
    Home home = Home.open(config.home(), config.clock());
    disk = new FullDisk(new FileJournalStore(home.runs()));
    return new TestEngine(place, new StandardEngine(config, home, disk));
  }

  /** What the engine says about a full disk; empty if there was enough. */
  private static Optional<Failure> execute(TestEngine test, RunId run) throws Exception {
    try {
      test.execute(run);
      return Optional.empty();
    } catch (FailureException e) {
      return Optional.of(e.failure());
    }
  }

  private static void assertThatItSaysHowToGoOn(Failure failure, RunId run) {
    assertThat(failure.code()).isEqualTo("journal.write");
    assertThat(failure.message()).contains("No space left on device", "twinflow resume " + run);
  }

  @Test
  void canBeResumedWhereverTheJournalWasFull() throws Exception {
    int stops = 0;
    Optional<Failure> failure = Optional.empty();
    do {
      Path place = Files.createDirectory(folder.resolve("run" + stops));
      FakeExecutor site = FakeExecutor.instant();
      RunId run;
      try (TestEngine first = open(place, site)) {
        run = TwoBranches.submit(first);
        disk.takesAppends(stops);
        failure = execute(first, run);
      }
      if (failure.isPresent()) {
        stops++;
        assertThatItSaysHowToGoOn(failure.get(), run);
        try (TestEngine second = open(place, site)) {
          assertThat(ValueJson.write(second.execute(run).outputs())).isEqualTo(TwoBranches.RESULT);
          assertThat(site.toolRuns()).isEqualTo(3);
        }
      }
    } while (failure.isPresent());
    assertThat(stops).isGreaterThanOrEqualTo(2);
  }

  @Test
  void canBeResumedWhenALargeValueFoundNoPlace() throws Exception {
    String large = TwoBranches.CWL.replace("$(inputs.text)", "'$(Array(40001).join(\"x\"))'");
    FakeExecutor site = FakeExecutor.instant();
    RunId run;
    try (TestEngine first = open(folder, site)) {
      run = first.submit(large, TwoBranches.INPUTS, TwoBranches.UNCACHED);
      disk.takesBlobs(0);
      assertThatItSaysHowToGoOn(execute(first, run).orElseThrow(), run);
      assertThat(first.events(Event.TaskSucceeded.class)).isEmpty();
    }
    try (TestEngine second = open(folder, site)) {
      assertThat(second.execute(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(site.toolRuns()).isEqualTo(3);
    }
  }

  @Test
  void saysSoWhenARunCannotEvenBeMade() throws Exception {
    try (TestEngine test = open(folder, FakeExecutor.instant())) {
      disk.takesAppends(0);
      assertThatThrownBy(() -> TwoBranches.submit(test))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("No space left on device");
    }
  }
}
