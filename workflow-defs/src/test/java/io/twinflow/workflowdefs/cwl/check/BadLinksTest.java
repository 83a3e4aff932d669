package io.twinflow.workflowdefs.cwl.check;

import static io.twinflow.workflowdefs.cwl.check.BadDefinitions.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Links that lead nowhere, in a circle, or to another type; scatters over what is no array. */
class BadLinksTest {

  private final BadDefinitions definitions = new BadDefinitions();

  @Test
  void brokenLinksNameTheNearestEnd() {
    definitions.assertProblems(
        WORKFLOW
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
  void nothingIsSaidOfWhatAStepRunsWhereItCannotBeRead() {
    assertThat(
            definitions.refused(
                WORKFLOW
                    + "inputs: {}\noutputs: {}\nsteps:\n  a: {run: ehco.cwl, in: {}, out: []}\n"))
        .hasMessageContaining("6:12: refers to ehco.cwl")
        .message()
        .doesNotContain("Operation");
  }

  @Test
  void stepsMustGiveWhatTheirToolsNeed() {
    definitions.assertProblems(
        WORKFLOW
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
    definitions.assertProblems(
        WORKFLOW
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
    definitions.assertProblems(
        WORKFLOW
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
  void scatterNamesAndMethodsAreChecked() {
    definitions.assertProblems(
        WORKFLOW
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
}
