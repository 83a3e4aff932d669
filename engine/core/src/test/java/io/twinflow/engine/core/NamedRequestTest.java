package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that names its run is one run, however often it is made. */
class NamedRequestTest {

  private static final String CWL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: "true"
      inputs: {}
      outputs: {}
      """;

  @TempDir private Path folder;

  private static RunRequest request(TestEngine test, RunId run) {
    return new RunRequest(
        "somebody",
        test.load(CWL),
        TestEngine.json("{}"),
        RunOptions.DEFAULT,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(run));
  }

  private TestEngine open() throws Exception {
    return new TestEngine(folder, FakeExecutor.instant());
  }

  @Test
  void madeAgainItIsTheSameRunAlsoWhenThatHasEnded() throws Exception {
    try (TestEngine test = open()) {
      RunId run = test.engine.newRunId();
      assertThat(test.engine.submit(request(test, run))).isEqualTo(run);
      assertThat(test.engine.submit(request(test, run))).isEqualTo(run);
      test.execute(run);
      assertThat(test.engine.submit(request(test, run))).isEqualTo(run);
      assertThat(test.engine.runs()).containsExactly(run);
      assertThat(test.events).extracting(event -> event.sequence()).doesNotHaveDuplicates();
    }
  }

  @Test
  void itGoesOnFromAJournalWithoutAnEvent() throws Exception {
    try (TestEngine test = open()) {
      RunId run = test.engine.newRunId();
      // As an engine that died between the journal and its first event.
      new FileJournalStore(folder.resolve("home").resolve("runs")).create(run, "dead").close();
      assertThat(test.engine.submit(request(test, run))).isEqualTo(run);
      assertThat(test.execute(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }
}
