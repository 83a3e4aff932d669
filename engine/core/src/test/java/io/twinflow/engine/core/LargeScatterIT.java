package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
final class LargeScatterIT {

  private static final String FLAT =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {ScatterFeatureRequirement: {}}
      inputs: {numbers: 'int[]'}
      outputs: {result: {type: 'int[]', outputSource: each/number}}
      steps:
        each:
          in: {number: numbers, all: numbers}
          scatter: number
          out: [number]
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
      """;

  private static final String NESTED =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
      inputs: {numbers: 'int[]'}
      outputs: {result: {type: Any, outputSource: each/result}}
      steps:
        each:
          in: {number: numbers}
          scatter: number
          out: [result]
          run:
            class: Workflow
            inputs: {number: int}
            outputs: {result: {type: int, outputSource: second/number}}
            steps:
              first:
                in: {number: number}
                out: [number]
                run: &tool
                  class: CommandLineTool
                  baseCommand: 'true'
                  inputs: {number: int}
                  outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
              second:
                in: {number: first/number}
                out: [number]
                run: *tool
      """;

  @TempDir Path folder;

  private static RunOptions uncached() {
    RunOptions usual = RunOptions.DEFAULT;
    return new RunOptions(
        usual.onError(), false, usual.retries(), usual.temporaryFailRetries(), usual.containers());
  }

  private double secondsFor(String cwl, int shards) throws Exception {
    FakeExecutor site = FakeExecutor.ending(task -> FakeEnd.success());
    try (TestEngine test = new TestEngine(folder, site)) {
      List<Value> numbers =
          LongStream.range(0, shards).mapToObj(n -> (Value) new IntegerValue(n)).toList();
      RecordValue inputs = new RecordValue(Map.of("numbers", new ListValue(numbers)));
      long start = System.nanoTime();
      RunId run =
          test.engine.submit(
              new RunRequest(test.load(cwl), inputs, uncached(), Map.of(), Optional.empty()));
      RunOutcome outcome = test.engine.execute(run, event -> {});
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.outputs().get("result")).isEqualTo(new ListValue(numbers));
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private void grow(String name, String cwl, int most) throws Exception {
    secondsFor(cwl, 1_000);
    double tenth = secondsFor(cwl, most / 10);
    double whole = secondsFor(cwl, most);
    Runtime runtime = Runtime.getRuntime();
    System.getLogger(LargeScatterIT.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} shards {2} s, {3} shards {4} s, heap limit {5} MiB",
            name,
            most / 10,
            tenth,
            most,
            whole,
            runtime.maxMemory() >> 20);
    assertThat(whole).isLessThan(20 * tenth);
  }

  @Test
  void hundredThousandShardsCostAHundredThousandTimesOne() throws Exception {
    grow("flat scatter", FLAT, 100_000);
  }

  @Test
  void scatteredSubWorkflowsStayLinear() throws Exception {
    grow("scattered sub-workflow", NESTED, 20_000);
  }
}
