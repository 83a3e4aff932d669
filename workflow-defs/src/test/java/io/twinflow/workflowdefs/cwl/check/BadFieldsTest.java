package io.twinflow.workflowdefs.cwl.check;

import static io.twinflow.workflowdefs.cwl.check.BadDefinitions.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.Problem;
import org.junit.jupiter.api.Test;

/** Fields, classes and names that a document must not have. */
class BadFieldsTest {

  private final BadDefinitions definitions = new BadDefinitions();

  @Test
  void everythingWrongWithAToolIsToldAtOnce() {
    definitions.assertProblems(
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseComand: echo
        inputs:
          text: strin
          file:
            type: {type: aray, items: string}
            inputBinding: {positon: 1, separate: maybe}
        outputs:
          out: {type: File, outputBinding: {glob: 5}}
        arguments: [{prefix: -x}, 7]
        successCodes: [ok]
        """,
        "3:1: unknown field \"baseComand\" in this CommandLineTool. Did you mean \"baseCommand\"?",
        "5:9: unknown type \"strin\"",
        "Did you mean \"string\"?",
        "7:18: expected array, record or enum",
        "8:20: unknown field \"positon\" in this command line binding. Did you mean \"position\"?",
        "8:42: expected true or false for \"separate\"",
        "10:43: expected a string for \"glob\" of this output binding, found the number 5.",
        "11:13: warning: this argument has no \"valueFrom\"",
        "11:27: expected a string or a binding",
        "12:16: expected a whole number for \"successCodes\"");
  }

  @Test
  void processesWithoutOrOfUnknownClassAreRefused() {
    definitions.assertProblems(
        "cwlVersion: v1.2\nclass: CommandLineTol\n",
        "2:8: unknown class \"CommandLineTol\"; expected one of CommandLineTool, ExpressionTool,"
            + " Workflow, Operation. Did you mean \"CommandLineTool\"?");
    definitions.assertProblems("cwlVersion: v1.2\n", "1:1: expected a process with \"class\"");
    definitions.assertProblems("[1, 2]", "1:1: expected a CWL process or a map with \"$graph\"");
    definitions.assertProblems(
        WORKFLOW, "1:1: the field \"inputs\" is missing", "\"steps\" is missing", "\"outputs\"");
  }

  @Test
  void namesThatStandTwiceAreRefused() {
    definitions.assertProblems(
        WORKFLOW
            + """
            inputs: [{id: a, type: string}, {id: a, type: string}]
            outputs: []
            steps:
              - {id: s, run: echo.cwl, in: [{id: text, source: a}, {id: text, source: a}], out: []}
              - {id: s, run: echo.cwl, in: {text: a}, out: []}
            """,
        "3:38: the id \"a\" stands twice",
        "6:56: the input \"text\" stands twice in this step.",
        "7:5: the step \"s\" stands twice");
  }

  @Test
  void fieldsOfLaterVersionsAreUnknownInEarlierOnes() {
    definitions.assertProblems(
        """
        cwlVersion: v1.0
        class: Workflow
        inputs:
          f: {type: File, secondaryFiles: [{pattern: .bai}]}
        outputs: {}
        steps:
          say: {run: echo.cwl, when: $(true), in: {text: {default: x}}, out: []}
        requirements: {ResourceRequirement: {coresMin: 0.5}}
        """,
        "4:36: in v1.0 a secondary file is a pattern",
        "7:24: unknown field \"when\"",
        "8:48: expected a whole number (fractions came with v1.2)");
  }

  @Test
  void extensionFieldsNeedAPrefixThatIsDeclared() throws Exception {
    definitions.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {s: "https://schema.org/"}
        s:author: me
        http://x.org/y: z
        sbg:link: q
        inputs: {}
        outputs: {}
        """);
    assertThat(definitions.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "wf.cwl:6:1: warning: the prefix of the extension field \"sbg:link\" is not declared in"
                + " $namespaces; the field is ignored.");
  }
}
