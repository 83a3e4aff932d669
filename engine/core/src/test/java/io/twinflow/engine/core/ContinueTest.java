package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run that goes on after failures still does, however deep they are. */
@Timeout(30)
final class ContinueTest {

  private static final RunOptions CONTINUE = TwoBranches.options(OnError.CONTINUE);

  /** {@code outer} scatters over rows, {@code inner} over the numbers of a row. */
  private static final String NESTED =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        StepInputExpressionRequirement: {}
        InlineJavascriptRequirement: {}
      inputs: {rows: Any, alone: int}
      outputs:
        nested: {type: Any, outputSource: outer/said}
        alone: {type: Any, outputSource: other/said}
        last: {type: Any, outputSource: last/said}
      steps:
        outer:
          in: {row: rows}
          scatter: row
          out: [said]
          run:
            class: Workflow
            inputs: {row: Any}
            outputs: {said: {type: Any, outputSource: after/said}}
            steps:
              inner:
                in:
                  number: {source: row, valueFrom: '${if (self == 13) {throw "unlucky";} return self;}'}
                scatter: number
                out: [said]
                run: &tool
                  class: CommandLineTool
                  baseCommand: echo
                  inputs: {number: {type: Any, inputBinding: {}}}
                  outputs: {said: {type: Any, outputBinding: {outputEval: $(inputs.number)}}}
              after:
                in: {number: inner/said}
                out: [said]
                run: *tool
        other:
          in: {number: alone}
          out: [said]
          run: *tool
        last:
          in: {number: outer/said}
          out: [said]
          run: *tool
      """;

  @TempDir Path folder;

  private final FakeExecutor site =
      FakeExecutor.ending(
          task -> task.displayCommand().contains("66") ? FakeEnd.exit(1) : FakeEnd.success());

  @Test
  void runsEveryShardThatDoesNotDependOnAFailedTask() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOutcome outcome = test.run(NESTED, "{'rows': [[1,66],[2],[3,4]], 'alone': 9}", CONTINUE);
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.failure().orElseThrow().message())
          .startsWith("/outer[0]/inner[1]: exit code 1");
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo("{\"alone\":9}");
      assertThat(site.toolRuns()).isEqualTo(5 + 2 + 1);
      assertThat(test.events(Event.ScopeFailed.class)).hasSize(1);
      assertThat(test.events(Event.ScopeSucceeded.class)).hasSize(2);
    }
  }

  @Test
  void runsEveryShardBesideOneThatCouldNotBeMade() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOutcome outcome = test.run(NESTED, "{'rows': [[1,13,5],[2]], 'alone': 9}", CONTINUE);
      assertThat(outcome.failure().orElseThrow().message())
          .startsWith("/outer[0]/inner[1]:")
          .contains("unlucky");
      assertThat(test.events(Event.InvocationFailed.class)).hasSize(1);
      assertThat(site.toolRuns()).isEqualTo(3 + 1 + 1);
    }
  }

  @Test
  void failsOnlyTheScopeWhoseScatterHasNoShape() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOutcome outcome = test.run(NESTED, "{'rows': [7,[2]], 'alone': 9}", CONTINUE);
      assertThat(outcome.failure().orElseThrow().message())
          .startsWith("/outer[0]/inner:")
          .contains("must be an array");
      assertThat(test.events(Event.ScopeSucceeded.class)).hasSize(1);
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo("{\"alone\":9}");
    }
  }

  @Test
  void endsWhenTheWholeScatterHasNoShape() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOutcome outcome = test.run(NESTED, "{'rows': 'none', 'alone': 9}", CONTINUE);
      assertThat(outcome.failure().orElseThrow().message()).startsWith("/outer:");
      assertThat(test.events(Event.ScopeOpened.class)).isEmpty();
      assertThat(ValueJson.write(outcome.outputs())).isEqualTo("{\"alone\":9}");
    }
  }

  /** No tool ends before the failure: what follows it would rightly have been made. */
  @Test
  void startsNothingMoreWhenAskedToStopAtADeepFailure() throws Exception {
    FakeExecutor slow = FakeExecutor.byHand();
    try (TestEngine test = new TestEngine(folder, slow)) {
      RunId run = test.submit(NESTED, "{'rows': [[1,13,5],[2]], 'alone': 9}", TwoBranches.UNCACHED);
      RunOutcome outcome =
          test.execute(
              run,
              event -> {
                if (!test.events(Event.InvocationFailed.class).isEmpty()) {
                  TwoBranches.finishAll(slow);
                }
              });
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(test.events(Event.TaskCreated.class))
          .noneMatch(task -> task.place().step().equals("after"));
    }
  }

  @Test
  void aFailedIterationEndsItsLoopAndNoOther() throws Exception {
    try (TestEngine test = new TestEngine(folder, site)) {
      RunOutcome outcome =
          test.run(LoopsInScatters.CWL.replace("LIMIT", "67"), "{'starts': [64, 67]}", CONTINUE);
      assertThat(outcome.failure().orElseThrow().message()).startsWith("/each[0]/count#2:");
      assertThat(test.events(Event.ScopeSucceeded.class)).hasSize(1);
    }
  }
}
