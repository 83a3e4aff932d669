package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScatterTest {

  private static final String TWO =
      """
      class: Workflow
      cwlVersion: v1.2
      requirements: {ScatterFeatureRequirement: {}, InlineJavascriptRequirement: {}}
      inputs: {a: 'string[]', b: 'string[]'}
      outputs: {result: {type: Any, outputSource: join/said}}
      steps:
        join:
          in: {a: a, b: b}
          scatter: [a, b]
          scatterMethod: METHOD
          out: [said]
          run:
            class: CommandLineTool
            baseCommand: echo
            inputs: {a: string, b: string}
            outputs: {said: {type: string, outputBinding: {outputEval: $(inputs.a + inputs.b)}}}
      """;

  @TempDir Path folder;
  private TestEngine test;

  @BeforeEach
  void open() throws IOException {
    test = new TestEngine(folder, FakeExecutor.ending(task -> FakeEnd.success()));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private String scatter(String method, String inputs) throws Exception {
    return test.outputs(TWO.replace("METHOD", method), inputs);
  }

  @Test
  void pairsItemsByDotproduct() throws Exception {
    assertThat(scatter("dotproduct", "{'a': ['1','2'], 'b': ['x','y']}"))
        .isEqualTo("{'result':['1x','2y']}");
  }

  @Test
  void crossesItemsFlat() throws Exception {
    assertThat(scatter("flat_crossproduct", "{'a': ['1','2'], 'b': ['x','y','z']}"))
        .isEqualTo("{'result':['1x','1y','1z','2x','2y','2z']}");
  }

  @Test
  void crossesItemsNested() throws Exception {
    assertThat(scatter("nested_crossproduct", "{'a': ['1','2'], 'b': ['x','y','z']}"))
        .isEqualTo("{'result':[['1x','1y','1z'],['2x','2y','2z']]}");
  }

  @Test
  void keepsTheShapeOfEmptyScatters() throws Exception {
    assertThat(scatter("nested_crossproduct", "{'a': ['1','2'], 'b': []}"))
        .isEqualTo("{'result':[[],[]]}");
    assertThat(scatter("nested_crossproduct", "{'a': [], 'b': ['x']}")).isEqualTo("{'result':[]}");
    assertThat(scatter("dotproduct", "{'a': [], 'b': []}")).isEqualTo("{'result':[]}");
  }

  @Test
  void refusesDotproductsOfDifferentLength() throws Exception {
    RunOutcome outcome =
        test.run(TWO.replace("METHOD", "dotproduct"), "{'a': ['1'], 'b': ['x','y']}");
    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().orElseThrow().message()).contains("/join", "[1, 2] items");
  }

  @Test
  void scattersSubWorkflowsAndLeavesOutWhatIsSkipped() throws Exception {
    String cwl =
        """
        class: Workflow
        cwlVersion: v1.2
        requirements:
          ScatterFeatureRequirement: {}
          SubworkflowFeatureRequirement: {}
          InlineJavascriptRequirement: {}
        inputs: {numbers: 'int[]'}
        outputs:
          result: {type: 'int[]', outputSource: each/result, pickValue: all_non_null}
          first: {type: int, outputSource: each/result, pickValue: first_non_null}
        steps:
          each:
            in: {number: numbers}
            scatter: number
            when: $(inputs.number % 2 == 1)
            out: [result]
            run:
              class: Workflow
              inputs: {number: int, factor: {type: int, default: 10}}
              outputs: {result: {type: int, outputSource: times/result}}
              steps:
                times:
                  in: {number: number, factor: factor}
                  out: [result]
                  run:
                    class: ExpressionTool
                    inputs: {number: int, factor: int}
                    outputs: {result: int}
                    expression: '${return {result: inputs.number * inputs.factor};}'
        """;
    assertThat(test.outputs(cwl, "{'numbers': [1,2,3,4,5]}"))
        .isEqualTo("{'result':[10,30,50],'first':10}");
  }

  @Test
  void loopsUntilTheConditionFails() throws Exception {
    String cwl =
        """
        class: Workflow
        cwlVersion: v1.2
        $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
        requirements: {InlineJavascriptRequirement: {}, SubworkflowFeatureRequirement: {}}
        inputs: {start: int}
        outputs: {result: {type: Any, outputSource: count/next}}
        steps:
          count:
            in: {number: start}
            out: [next]
            run:
              class: ExpressionTool
              inputs: {number: int}
              outputs: {next: int}
              expression: '${return {next: inputs.number + 1};}'
            requirements:
              cwltool:Loop:
                loopWhen: $(inputs.number < 5)
                loop: {number: next}
                outputMethod: METHOD
        """;
    assertThat(test.outputs(cwl.replace("METHOD", "last"), "{'start': 2}"))
        .isEqualTo("{'result':5}");
    assertThat(test.outputs(cwl.replace("METHOD", "all"), "{'start': 2}"))
        .isEqualTo("{'result':[3,4,5]}");
    assertThat(test.outputs(cwl.replace("METHOD", "all"), "{'start': 7}"))
        .isEqualTo("{'result':[]}");
  }

  @Test
  void aLoopTakesItsDefaultWhereTheLastIterationGaveNothing() throws Exception {
    String cwl =
        """
        class: Workflow
        cwlVersion: v1.2
        $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
        requirements: {InlineJavascriptRequirement: {}}
        inputs: {start: int}
        outputs: {result: {type: Any, outputSource: count/next}}
        steps:
          count:
            in: {number: start}
            out: [next]
            run:
              class: ExpressionTool
              inputs: {number: int}
              outputs: {next: int?}
              expression: '${return {next: inputs.number < 3 ? null : inputs.number + 4};}'
            requirements:
              cwltool:Loop:
                loopWhen: $(inputs.number < 9)
                loop: {number: {loopSource: next, default: 5}}
                outputMethod: all
        """;
    assertThat(test.outputs(cwl, "{'start': 1}")).isEqualTo("{'result':[null,9]}");
  }

  @Test
  void loopsInEachShard() throws Exception {
    String cwl = LoopsInScatters.CWL.replace("LIMIT", "4");
    assertThat(test.outputs(cwl, "{'starts': [2,9,1]}")).isEqualTo("{'result':[[3,4],[],[2,3,4]]}");
  }

  @Test
  void endsAnEmptyScatterOfSubWorkflows() throws Exception {
    String cwl = LoopsInScatters.CWL.replace("LIMIT", "4");
    assertThat(test.outputs(cwl, "{'starts': []}")).isEqualTo("{'result':[]}");
  }

  @Test
  void skipsShardsOfAToolByTheirCondition() throws Exception {
    String cwl =
        TWO.replace("METHOD", "dotproduct")
            .replace("scatter: [a, b]", "scatter: [a, b]\n    when: $(inputs.a != 'no')");
    assertThat(test.outputs(cwl, "{'a': ['1','no','3'], 'b': ['x','y','z']}"))
        .isEqualTo("{'result':['1x',null,'3z']}");
    assertThat(test.outputs(cwl, "{'a': ['no'], 'b': ['x']}")).isEqualTo("{'result':[null]}");
  }
}
