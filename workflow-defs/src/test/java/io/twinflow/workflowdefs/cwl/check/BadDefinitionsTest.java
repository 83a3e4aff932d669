package io.twinflow.workflowdefs.cwl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.FakeSources;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import org.junit.jupiter.api.Test;

/** What a person gets for a definition that is wrong: all of it, with places and names. */
class BadDefinitionsTest {

  private static final String HEAD = "cwlVersion: v1.2\nclass: Workflow\n";

  private final FakeSources sources =
      new FakeSources()
          .with(
              "echo.cwl",
              """
              cwlVersion: v1.2
              class: CommandLineTool
              baseCommand: echo
              inputs:
                text: string
                count: int?
              outputs:
                out: stdout
              """);

  @Test
  void secretsAreInputsThatHoldStrings() {
    assertProblems(
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
  void everythingWrongWithAToolIsToldAtOnce() {
    assertProblems(
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
  void brokenLinksNameTheNearestEnd() {
    assertProblems(
        HEAD
            + """
            inputs: {word: string}
            outputs:
              end: {type: File, outputSource: sy/out}
            steps:
              say: {run: echo.cwl, in: {text: wrod}, out: [out]}
              again: {run: echo.cwl, in: {text: say}, out: [uot]}
              lost: {run: ehco.cwl, in: {}, out: []}
              none: {in: {}, out: []}
            """,
        "5:35: the source \"sy/out\" is neither an input of the workflow nor an output of one of"
            + " its steps. Did you mean \"say/out\"?",
        "7:35: the source \"wrod\"",
        "Did you mean \"word\"?",
        "8:37: the source \"say\"",
        "\"say\" is a step; write say/ and the name of an output.",
        "8:49: \"uot\" in \"out\" of the step \"again\" is no output of echo: out. Did you mean"
            + " \"out\"?",
        "9:15: refers to ehco.cwl, which does not exist",
        "10:3: the field \"run\" is missing in this step.");
  }

  @Test
  void stepsMustGiveWhatTheirToolsNeed() {
    assertProblems(
        HEAD
            + """
            inputs: {word: string}
            outputs: {}
            steps:
              say: {run: echo.cwl, in: {txt: word}, out: []}
            """,
        "6:3: the step \"say\" gives no value to the input \"text\" (string) of echo. Is it meant"
            + " by \"txt\"?",
        "6:29: warning: \"txt\" is no input of echo");
  }

  @Test
  void typesOfLinksMustMeet() {
    assertProblems(
        HEAD
            + """
            requirements: {ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {}}
            inputs: {words: "string[]", one: string, number: long, maybe: string?}
            outputs:
              end: {type: string, outputSource: a/out}
              all: {type: File, outputSource: d/out}
              two: {type: string, outputSource: [one, one]}
            steps:
              a: {run: echo.cwl, in: {text: words}, out: [out]}
              b: {run: echo.cwl, in: {text: one, count: number}, out: [out]}
              c: {run: echo.cwl, scatter: text, in: {text: one}, out: [out]}
              d: {run: echo.cwl, scatter: text, in: {text: words}, out: [out]}
              e: {run: echo.cwl, in: {text: maybe}, out: [out]}
            """,
        "10:33: the input \"text\" of the step \"a\" expects string; words gives string[].",
        "11:45: warning: the input \"count\" of the step \"b\" expects int?; number may give long.",
        "12:48: the step \"c\" scatters over \"text\", which needs an array; one gives string.",
        "14:33: warning: the input \"text\" of the step \"e\" expects string; maybe may give"
            + " string?.",
        "6:37: the output \"end\" expects string; a/out gives File.",
        "7:35: the output \"all\" expects File; d/out gives File[].",
        "8:38: the output \"two\" expects string; one, one gives string[].");
  }

  @Test
  void stepsThatWaitForEachOtherAreNamed() {
    assertProblems(
        HEAD
            + """
            inputs: {}
            outputs: {}
            steps:
              a: {run: echo.cwl, in: {text: {source: c/out, valueFrom: x}}, out: [out]}
              b: {run: echo.cwl, in: {text: {source: a/out, valueFrom: x}}, out: [out]}
              c: {run: echo.cwl, in: {text: {source: b/out, valueFrom: x}}, out: [out]}
              d: {run: echo.cwl, in: {text: {source: c/out, valueFrom: x}}, out: [out]}
            requirements: {StepInputExpressionRequirement: {}}
            """,
        "6:3: these steps wait for each other: a → b → c → a.");
  }

  @Test
  void featuresMustBeRequired() {
    assertProblems(
        HEAD
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
    assertProblems(
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
    assertProblems(
        HEAD
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
  void scatterNamesAndMethodsAreChecked() {
    assertProblems(
        HEAD
            + """
            requirements: {ScatterFeatureRequirement: {}}
            inputs: {words: "string[]", numbers: "int[]"}
            outputs: {}
            steps:
              a: {run: echo.cwl, scatter: txet, in: {text: words}, out: []}
              b: {run: echo.cwl, scatter: [text, count], in: {text: words, count: numbers}, out: []}
              c:
                run: echo.cwl
                scatter: text
                scatterMethod: dotprodukt
                in: {text: words}
                out: []
            """,
        "7:31: the step \"a\" scatters over \"txet\", which is not in its \"in\". Did you mean"
            + " \"text\"?",
        "8:31: the step scatters over several inputs and needs \"scatterMethod\"",
        "12:20: expected one of dotproduct, flat_crossproduct, nested_crossproduct");
  }

  @Test
  void namesThatStandTwiceAreRefused() {
    assertProblems(
        HEAD
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
  void processesWithoutOrOfUnknownClassAreRefused() {
    assertProblems(
        "cwlVersion: v1.2\nclass: CommandLineTol\n",
        "2:8: unknown class \"CommandLineTol\"; expected one of CommandLineTool, ExpressionTool,"
            + " Workflow, Operation. Did you mean \"CommandLineTool\"?");
    assertProblems("cwlVersion: v1.2\n", "1:1: expected a process with \"class\"");
    assertProblems("[1, 2]", "1:1: expected a CWL process or a map with \"$graph\"");
    assertProblems(
        HEAD, "1:1: the field \"inputs\" is missing", "\"steps\" is missing", "\"outputs\"");
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
    InvalidDefinitionException refused = refused(tool.formatted("requirements"));
    assertThat(refused.isOnlyUnsupported()).isTrue();
    assertThat(refused)
        .hasMessageContaining("wf.cwl:3:16: the requirement \"InlineJavscriptRequirement\"")
        .hasMessageContaining("Did you mean \"InlineJavascriptRequirement\"?");

    sources.with("wf.cwl", tool.formatted("hints"));
    assertThat(CwlLoader.load("wf.cwl", sources.options()).warnings())
        .extracting(Problem::severity)
        .containsExactly(Problem.Severity.WARNING);
  }

  @Test
  void extensionFieldsNeedAPrefixThatIsDeclared() throws Exception {
    sources.with(
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
    assertThat(CwlLoader.load("wf.cwl", sources.options()).warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "wf.cwl:6:1: warning: the prefix of the extension field \"sbg:link\" is not declared in"
                + " $namespaces; the field is ignored.");
  }

  @Test
  void fieldsOfLaterVersionsAreUnknownInEarlierOnes() {
    assertProblems(
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
  void expressionsAreParsedWhereverTheyStand() {
    assertProblems(
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
    assertProblems(
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
    sources.with(
        "js.cwl",
        """
        cwlVersion: v1.2
        class: ExpressionTool
        inputs: {}
        outputs: {}
        expression: "${ return twice({}); }"
        """);
    sources.with(
        "wf.cwl",
        HEAD
            + """
            requirements:
              InlineJavascriptRequirement: {expressionLib: ["function twice(x) { return x; }"]}
            inputs: {}
            outputs: {}
            steps:
              one: {run: js.cwl, in: {}, out: []}
            """);
    assertThat(CwlLoader.load("wf.cwl", sources.options()).warnings()).isEmpty();
  }

  private void assertProblems(String text, String... parts) {
    InvalidDefinitionException refused = refused(text);
    assertThat(refused.getMessage()).contains(parts);
    assertThat(refused.problems())
        .allSatisfy(problem -> assertThat(problem.position().source()).isEqualTo("wf.cwl"));
    long errors = refused.getMessage().lines().filter(line -> !line.isEmpty()).count();
    assertThat(errors).as(refused.getMessage()).isLessThanOrEqualTo(parts.length);
  }

  private InvalidDefinitionException refused(String text) {
    sources.with("wf.cwl", text);
    InvalidDefinitionException refused =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> CwlLoader.load("wf.cwl", sources.options()));
    assertThat(refused).as("this should be refused:\n" + text).isNotNull();
    return refused;
  }
}
