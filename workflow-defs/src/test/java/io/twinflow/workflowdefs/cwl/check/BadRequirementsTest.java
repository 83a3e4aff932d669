package io.twinflow.workflowdefs.cwl.check;

import static io.twinflow.workflowdefs.cwl.check.BadDefinitions.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import org.junit.jupiter.api.Test;

/** Requirements that are missing, unknown, or stand where they do not belong. */
class BadRequirementsTest {

  private final BadDefinitions definitions = new BadDefinitions();

  @Test
  void featuresMustBeRequired() {
    definitions.assertProblems(
        WORKFLOW
            + """
            inputs: {words: "string[]", one: string}
            outputs: {}
            steps:
              a: {run: echo.cwl, scatter: text, in: {text: words}, out: []}
              b: {run: echo.cwl, in: {text: {source: [one, one], valueFrom: x}}, out: []}
              c:
                in: {}
                out: []
                run: {class: Workflow, inputs: {}, outputs: {}, steps: {}}
              d:
                run: echo.cwl
                in: {text: one}
                out: [out]
                requirements:
                  cwltool:Loop: {loopWhen: "$(inputs.x)", loop: {text: {valueFrom: y}}}
            $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
            """,
        "6:3: the step \"a\" scatters, which needs ScatterFeatureRequirement. Add"
            + " \"ScatterFeatureRequirement: {}\" to the requirements.",
        "7:48: the input \"text\" has several sources, which needs MultipleInputFeatureRequirement",
        "7:65: the input \"text\" has a valueFrom, which needs StepInputExpressionRequirement",
        "8:3: the step \"c\" runs a workflow, which needs SubworkflowFeatureRequirement",
        "17:72: the loop's input \"text\" has a valueFrom, which needs"
            + " StepInputExpressionRequirement");
  }

  @Test
  void loopsBelongToSteps() {
    definitions.assertProblems(
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        inputs: {}
        outputs: {}
        requirements:
          cwltool:Loop: {loopWhen: "$(inputs.x)", loop: {}}
        """,
        "7:3: a Loop belongs to the requirements of a step; this is a CommandLineTool.");
    definitions.assertProblems(
        WORKFLOW
            + """
            $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
            inputs: {one: string}
            outputs: {}
            steps:
              a:
                run: echo.cwl
                in: {text: one}
                out: [out]
                hints: {cwltool:Loop: {loopWhen: "$(inputs.x)", loop: {text: out}}}
            """,
        "11:13: a Loop belongs to the requirements of a step, not to its hints.");
  }

  @Test
  void secretsAreInputsThatHoldStrings() {
    definitions.assertProblems(
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        hints:
          cwltool:Secrets: {secrets: [pasword, count, file, logins]}
        baseCommand: login
        inputs:
          password: string
          count: int
          file: File
          logins: {type: {type: array, items: {type: record, name: login, fields: {user: string}}}}
        outputs: {}
        """,
        "the secret \"pasword\" is no input of this process. Did you mean \"password\"?",
        "the input \"count\" cannot be secret",
        "the input \"file\" cannot be secret: only strings can");
  }

  @Test
  void unknownRequirementsAreUnsupportedAndUnknownHintsAreIgnored() throws Exception {
    String tool =
        """
        cwlVersion: v1.2
        class: CommandLineTool
        %s: {InlineJavscriptRequirement: {}}
        inputs: {}
        outputs: {}
        """;
    InvalidDefinitionException refused = definitions.refused(tool.formatted("requirements"));
    assertThat(refused.isOnlyUnsupported()).isTrue();
    assertThat(refused)
        .hasMessageContaining("wf.cwl:3:16: the requirement \"InlineJavscriptRequirement\"")
        .hasMessageContaining("Did you mean \"InlineJavascriptRequirement\"?");

    definitions.with("wf.cwl", tool.formatted("hints"));
    assertThat(definitions.warnings())
        .extracting(Problem::severity)
        .containsExactly(Problem.Severity.WARNING);
  }
}
