package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureTest {

  @TempDir Path folder;

  private static RunOptions options(OnError onError, Map<FailureKind, Integer> retries, int temp) {
    return new RunOptions(onError, false, retries, temp, ContainerUse.AUTO);
  }

  private static FakeExecutor failing(String step, FakeEnd end) {
    return FakeExecutor.ending(task -> task.name().equals(step) ? end : FakeEnd.success());
  }

  private static FakeExecutor failingAtFirst(FakeEnd end, int times) {
    return FakeExecutor.ending(task ->
        task.name().equals("/right") && task.attempt().attempt() <= times
            ? end
            : FakeEnd.success());
  }

  @Test
  void goesOnWithWhatDoesNotDependOnAFailure() throws Exception {
    try (TestEngine test = new TestEngine(folder, failing("/left", FakeEnd.exit(1)))) {
      RunOutcome outcome =
          test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.CONTINUE, Map.of(), 0));
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo("{\"right\":\"a\"}");
      assertThat(outcome.failure().orElseThrow().message()).startsWith("/left: exit code 1");
    }
  }

  @Test
  void startsNothingMoreAfterAFailureWhenAskedToStop() throws Exception {
    try (TestEngine test = new TestEngine(folder, failing("/right", FakeEnd.exit(1)))) {
      RunOutcome outcome =
          test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.STOP, Map.of(), 0));
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(test.events(Event.TaskCreated.class)).hasSize(2);
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo("{\"left\":\"a\"}");
    }
  }

  @Test
  void givesEachKindItsOwnBudget() throws Exception {
    FakeEnd evicted = FakeEnd.failure(FailureKind.INFRASTRUCTURE, "evicted");
    try (TestEngine test = new TestEngine(folder, failingAtFirst(evicted, 3))) {
      RunOutcome outcome =
          test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.STOP, Map.of(), 0));
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(test.events(Event.AttemptFailed.class)).hasSize(3);
    }
  }

  @Test
  void givesUpWhenTheBudgetIsSpent() throws Exception {
    FakeEnd evicted = FakeEnd.failure(FailureKind.INFRASTRUCTURE, "evicted");
    try (TestEngine test = new TestEngine(folder, failingAtFirst(evicted, 4))) {
      RunOutcome outcome =
          test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.STOP, Map.of(), 0));
      assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.INFRASTRUCTURE);
    }
  }

  @Test
  void triesTemporaryFailuresAgainOnlyWhenAskedTo() throws Exception {
    try (TestEngine test = new TestEngine(folder, failingAtFirst(FakeEnd.exit(75), 1))) {
      assertThat(
              test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.STOP, Map.of(), 0))
                  .state())
          .isEqualTo(RunState.FAILED);
      assertThat(
              test.run(TwoBranches.CWL, "{'text': 'b'}", options(OnError.STOP, Map.of(), 1))
                  .state())
          .isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void adoptsWhatHadFinishedInARetry() throws Exception {
    boolean[] broken = {true};
    Function<TaskSpec, FakeEnd> tool =
        task -> broken[0] && task.name().equals("/after") ? FakeEnd.exit(1) : FakeEnd.success();
    FakeExecutor site = FakeExecutor.ending(tool);
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOptions options = options(OnError.CONTINUE, Map.of(), 0);
      RunId failed = test.submit(TwoBranches.CWL, TwoBranches.INPUTS, options);
      assertThat(test.execute(failed).state()).isEqualTo(RunState.FAILED);
      broken[0] = false;
      RunId retried =
          test.engine.submit(
              new RunRequest(
                  test.engine.definition(failed),
                  TestEngine.json(TwoBranches.INPUTS),
                  options,
                  Map.of(),
                  Optional.of(failed)));
      assertThat(test.execute(retried).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(test.events(Event.TaskSucceeded.class))
          .extracting(Event.TaskSucceeded::origin)
          .filteredOn(Origin.Adopted.class::isInstance)
          .hasSize(2);
      assertThat(site.toolRuns()).isEqualTo(4);
    }
  }

  @Test
  void findsCallsOfOtherRunsInTheCache() throws Exception {
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    try (TestEngine test = new TestEngine(folder, site)) {
      test.run(TwoBranches.CWL, TwoBranches.INPUTS);
      long first = site.toolRuns();
      test.run(
          TwoBranches.CWL.replace("left:", "gauche:").replace("left/", "gauche/"),
          TwoBranches.INPUTS);
      assertThat(site.toolRuns()).isEqualTo(first);
      test.run(TwoBranches.CWL, "{'text': 'b'}");
      assertThat(site.toolRuns()).isGreaterThan(first);
    }
  }

  @Test
  void cancelsWhatRunsAndWaitsForTheSite() throws Exception {
    FakeExecutor site = FakeExecutor.byHand();
    try (TestEngine test = new TestEngine(folder, site)) {
      RunId run = test.submit(TwoBranches.CWL, TwoBranches.INPUTS, RunOptions.DEFAULT);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (event instanceof Event.SubmissionConfirmed) {
                  test.engine.cancel(run, "enough");
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.CANCELLED);
      assertThat(site.waiting()).isEmpty();
      Event.RunEnded end = (Event.RunEnded) test.events.getLast().event();
      assertThat(end.leftBehind()).isEmpty();
      assertThat(test.events(Event.AttemptDiscarded.class)).isNotEmpty();
    }
  }

  @Test
  void looksALostAnswerUpInsteadOfSubmittingTwice() throws Exception {
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    site.faults().loseNextAnswer();
    try (TestEngine test = new TestEngine(folder, site)) {
      assertThat(
              test.run(TwoBranches.CWL, TwoBranches.INPUTS, options(OnError.STOP, Map.of(), 0))
                  .state())
          .isEqualTo(RunState.SUCCEEDED);
      assertThat(site.toolRuns()).isEqualTo(3);
    }
  }
}
