package io.twinflow.workflowdefs.cwl.check;

import static io.twinflow.workflowdefs.cwl.check.BadDefinitions.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Expressions that cannot be parsed, or are not allowed where they stand. */
class BadExpressionsTest {

  private final BadDefinitions definitions = new BadDefinitions();

  @Test
  void expressionsAreParsedWhereverTheyStand() {
    definitions.assertProblems(
        """
        cwlVersion: v1.2
        class: CommandLineTool
        requirements:
          InlineJavascriptRequirement: {}
          EnvVarRequirement: {envDef: {A: "${ return 1 +; }"}}
        inputs:
          n: {type: int, inputBinding: {valueFrom: $(self +)}}
        outputs:
          out: {type: string, outputBinding: {outputEval: "$(self[0].contents"}}
        """,
        "wf.cwl:5:",
        "wf.cwl:7:",
        "wf.cwl:9:");
    definitions.assertProblems(
        """
        cwlVersion: v1.2
        class: ExpressionTool
        inputs: {}
        outputs: {}
        expression: "${ return {}; }"
        """,
        "wf.cwl:5:13: ${ return {}; } is JavaScript");
  }

  @Test
  void javascriptThatAWorkflowAllowsHoldsInItsTools() throws Exception {
    definitions.with(
        "js.cwl",
        """
        cwlVersion: v1.2
        class: ExpressionTool
        inputs: {}
        outputs: {}
        expression: "${ return twice({}); }"
        """);
    definitions.with(
        "wf.cwl",
        WORKFLOW
            + """
            requirements:
              InlineJavascriptRequirement: {expressionLib: ["function twice(x) { return x; }"]}
            inputs: {}
            outputs: {}
            steps:
              one: {run: js.cwl, in: {}, out: []}
            """);
    assertThat(definitions.warnings()).isEmpty();
  }
}
