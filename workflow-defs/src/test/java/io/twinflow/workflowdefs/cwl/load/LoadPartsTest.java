package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.MissingRequirement;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents that are only checked: there they need not be whole workflows. */
class LoadPartsTest {

  private static final String TOOL = "class: CommandLineTool, inputs: {}, outputs: {}";

  private final FakeSources sources = new FakeSources();

  @Test
  void allProcessesOfAGraphWithoutAMainOneAreChecked() throws Exception {
    sources.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        $graph:
          - {id: one, TOOL}
          - {id: two, TOOL}
        """
            .replace("TOOL", TOOL));

    assertThat(CwlLoader.loadParts("wf.cwl", sources.options()))
        .extracting(part -> part.document().process().header().name())
        .containsExactly("one", "two");
    assertThat(CwlLoader.loadParts("wf.cwl#two", sources.options())).hasSize(1);
  }

  @Test
  void whatIsWrongInAnyOfThemIsTold() {
    sources.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        $graph:
          - {id: one, TOOL, baseComand: a}
          - {id: two, TOOL, stdot: b}
        """
            .replace("TOOL", TOOL));

    assertThatThrownBy(() -> CwlLoader.loadParts("wf.cwl", sources.options()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("\"baseComand\"")
        .hasMessageContaining("\"stdot\"");
  }

  @Test
  void aRequirementThatASurroundingWorkflowMayBringIsOnlyMissedWhereTheWorkflowIsRun()
      throws Exception {
    sources
        .with("echo.cwl", "{cwlVersion: v1.2, " + TOOL.replace("{}, o", "{text: Any}, o") + "}")
        .with(
            "wf.cwl",
            """
            cwlVersion: v1.2
            class: Workflow
            inputs: {one: string}
            outputs: {}
            steps:
              b: {run: echo.cwl, in: {text: {source: one, valueFrom: $(self + 1)}}, out: []}
            """);

    WorkflowPart part = CwlLoader.loadParts("wf.cwl", sources.options()).getFirst();

    assertThat(part.missing())
        .extracting(MissingRequirement::requirement)
        .containsExactlyInAnyOrder("StepInputExpressionRequirement", "InlineJavascriptRequirement");
    assertThat(part.missing())
        .extracting(missing -> missing.problem().toString())
        .allMatch(text -> text.startsWith("wf.cwl:6:58: "));
    assertThatThrownBy(() -> CwlLoader.load("wf.cwl", sources.options()))
        .hasMessageContaining("needs StepInputExpressionRequirement");
  }

  @Test
  void whatAnotherProcessOfTheDocumentRunsIsMarked() throws Exception {
    sources.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        $graph:
          - id: outer
            class: Workflow
            requirements: {SubworkflowFeatureRequirement: {}, ScatterFeatureRequirement: {}}
            inputs: {n: "int[]"}
            outputs: {}
            steps: {a: {run: "#inner", in: {n: n}, out: []}}
          - id: inner
            class: Workflow
            inputs: {n: "int[]"}
            outputs: {}
            steps: {a: {run: "#tool", scatter: n, in: {n: n}, out: []}}
          - {id: tool, class: CommandLineTool, inputs: {n: int}, outputs: {}}
        """);

    List<WorkflowPart> parts = CwlLoader.loadParts("wf.cwl", sources.options());

    assertThat(parts).extracting(WorkflowPart::isRunByAnother).containsExactly(false, true, true);
    assertThat(parts).extracting(part -> part.missing().size()).containsExactly(0, 1, 0);
  }

  @Test
  void whatIsNoJavaScriptEitherIsWrongInsideOfAnyWorkflow() {
    sources.with(
        "t.cwl",
        "{cwlVersion: v1.2, class: CommandLineTool, arguments: [$(date +%s)], inputs: {}, outputs:"
            + " {}}");

    assertThatThrownBy(() -> CwlLoader.loadPart("t.cwl", sources.options()))
        .hasMessageContaining("write '\\$' instead of '$'");
  }

  @Test
  void packedDocumentsImportTheirOwnTypes() throws Exception {
    sources.with(
        "wf.cwl",
        """
        cwlVersion: v1.2
        $graph:
          - id: main
            class: CommandLineTool
            requirements:
              SchemaDefRequirement:
                types: [{name: "#a.yml/kind", type: enum, symbols: [x, y]}]
            inputs: {k: "#a.yml/kind"}
            outputs: {}
          - id: other
            class: CommandLineTool
            requirements: {SchemaDefRequirement: {types: [{$import: "#a.yml/kind"}]}}
            inputs: {k: "#a.yml/kind"}
            outputs: {}
        """);

    assertThat(CwlLoader.load("wf.cwl#other", sources.options()).process().inputs())
        .singleElement()
        .asString()
        .contains("EnumType");
  }

  @Test
  void aPartThatImportsItselfIsRefused() {
    sources.with("wf.cwl", "{id: \"#a\", b: {$import: \"#a\"}}");

    assertThatThrownBy(() -> CwlLoader.load("wf.cwl", sources.options()))
        .hasMessageContaining("this import closes a circle");
  }
}
