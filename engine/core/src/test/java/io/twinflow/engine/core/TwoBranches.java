package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Event.RunOptions.ContainerUse;
import io.twinflow.engine.core.event.Event.RunOptions.OnError;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Map;

/** A workflow of three tools: {@code /left} stands alone, {@code /after} follows {@code /right}. */
final class TwoBranches {

  static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {InlineJavascriptRequirement: {}}
      inputs: {text: string}
      outputs:
        left: {type: string, outputSource: left/said}
        right: {type: string, outputSource: after/said}
      steps:
        left:
          in: {text: text}
          out: [said]
          run: &echo
            class: CommandLineTool
            baseCommand: echo
            temporaryFailCodes: [75]
            inputs: {text: {type: string, inputBinding: {}}}
            outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.text)}}}
        right:
          in: {text: text}
          out: [said]
          run: *echo
        after:
          in: {text: right/said}
          out: [said]
          run: *echo
      """;

  static final String INPUTS = "{'text': 'a'}";
  static final String RESULT = "{\"left\":\"a\",\"right\":\"a\"}";

  /** Without the call cache; stops at the first failure. */
  static final RunOptions UNCACHED = options(OnError.STOP);

  private TwoBranches() {}

  /** A run of it without the cache. */
  static RunId submit(TestEngine test) throws FailureException {
    return test.submit(CWL, INPUTS, UNCACHED);
  }

  static void assertThatItSucceeded(RunOutcome outcome) {
    assertThat(ValueJson.write(outcome.outputs())).isEqualTo(RESULT);
  }

  /** Ends well whatever waits at a site that is driven by hand. */
  static void finishAll(FakeExecutor site) {
    site.waiting().forEach(task -> site.finish(task.attempt(), FakeEnd.success()));
  }

  static RunOptions options(OnError onError) {
    return new RunOptions(onError, false, Map.of(), 0, ContainerUse.AUTO);
  }
}
