package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose files another one uses, that has not ended, is not removed. */
@Timeout(30)
final class DeleteNeededTest {

  private static final String PASS =
      """
      class: ExpressionTool
      cwlVersion: v1.2
      requirements: {InlineJavascriptRequirement: {}}
      inputs: {file: File}
      outputs: {name: string}
      expression: "${ return {name: inputs.file.basename}; }"
      """;

  /** The site is never asked for what the others say, and never ends what is new. */
  private static final String ONE_MORE =
      TwoBranches.CWL
          + "  more:\n    in: {text: {default: new}}\n    out: [said]\n    run: *echo\n";

  @TempDir Path folder;

  private static void isRefused(Storage storage, RunId run, RunId by) {
    FailureException refused =
        catchThrowableOfType(FailureException.class, () -> storage.delete(run));
    assertThat(refused.failure().code()).isEqualTo("run.needed");
    assertThat(refused.failure().message())
        .contains("run " + run, "run " + by, "twinflow resume " + by);
  }

  @Test
  void aRunThatTookCallsFromItKeepsItUntilItHasEnded() throws Exception {
    FakeExecutor site = FakeExecutor.byHand();
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId first = test.submit(TwoBranches.CWL, TwoBranches.INPUTS, Event.RunOptions.DEFAULT);
      test.execute(
          first,
          event -> {
            if (event instanceof Event.SubmissionConfirmed) {
              TwoBranches.finishAll(site);
            }
          });
      RunId second = test.submit(ONE_MORE, TwoBranches.INPUTS, Event.RunOptions.DEFAULT);
      List<Event> seen = new ArrayList<>();
      boolean died =
          test.dies(
              second,
              envelope -> {
                seen.add(envelope.event());
                if (seen.stream().anyMatch(Event.SubmissionConfirmed.class::isInstance)
                    && seen.stream().anyMatch(Event.TaskSucceeded.class::isInstance)) {
                  throw new Crash();
                }
              });
      assertThat(died).isTrue();

      Storage storage = test.engine.storage();
      isRefused(storage, first, second);
      isRefused(storage, first, second);
      storage.delete(second);
      assertThatCode(() -> storage.delete(first)).doesNotThrowAnyException();
      assertThat(test.engine.runs()).isEmpty();
    }
  }

  @Test
  void aRunThatWasGivenAFileOfItKeepsItUntilItHasEnded() throws Exception {
    try (TestEngine test = new TestEngine(folder, FakeExecutor.instant())) {
      RunId first = test.submit(TwoBranches.CWL, TwoBranches.INPUTS, TwoBranches.UNCACHED);
      test.execute(first);
      Storage storage = test.engine.storage();
      Path made = Files.writeString(Path.of(storage.whereabouts(first)).resolve("made.txt"), "x");
      RunId second =
          test.submit(
              PASS,
              "{'file': {'class': 'File', 'location': '%s'}}".formatted(made.toUri()),
              Event.RunOptions.DEFAULT);

      isRefused(storage, first, second);
      storage.delete(second);
      assertThatCode(() -> storage.delete(first)).doesNotThrowAnyException();
    }
  }
}
