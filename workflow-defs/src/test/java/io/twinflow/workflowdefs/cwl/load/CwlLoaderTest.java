package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.CwlType.Primitive;
import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.FileValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CwlLoaderTest {

  private static final String ECHO =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: echo
      inputs:
        text: string?
      outputs:
        out: stdout
      """;

  private final FakeSources sources = new FakeSources();

  @Test
  void shorthandOfTypesAndMapsIsUnderstood() throws Exception {
    CommandLineTool tool =
        (CommandLineTool)
            load(
                """
                cwlVersion: v1.2
                class: CommandLineTool
                baseCommand: [cat, -n]
                inputs:
                  nested: int[][]
                  many: File[]?
                  one:
                    type: [string, "null", {type: array, items: [File, Directory]}]
                    inputBinding: {position: $(self), prefix: --one}
                  kind: {type: {type: enum, symbols: [a, b]}}
                outputs: []
                """);

    assertThat(tool.inputs())
        .extracting(input -> input.type())
        .startsWith(
            array(array(Primitive.INT)),
            new CwlType.UnionType(List.of(Primitive.NULL, array(Primitive.FILE))));
    assertThat(tool.inputs().get(2).binding().position().text()).isEqualTo("$(self)");
    assertThat(tool.inputs().get(2).position()).hasToString("wf.cwl:7:3");
    assertThat(tool.inputs().get(3).type())
        .isEqualTo(new CwlType.EnumType(null, List.of("a", "b"), null));
    assertThat(tool.baseCommand()).containsExactly("cat", "-n");
  }

  @Test
  void shortcutsOfStreamsBecomeWhatTheyStandFor() throws Exception {
    CommandLineTool tool =
        (CommandLineTool)
            load(
                """
                cwlVersion: v1.2
                class: CommandLineTool
                inputs: {source: stdin}
                outputs: {out: stdout, err: stderr}
                stdout: $(inputs.source.basename).txt
                """);

    assertThat(tool.stdin().text()).isEqualTo("$(inputs.source.path)");
    assertThat(tool.outputs().getFirst().type()).isEqualTo(Primitive.FILE);
    assertThat(tool.outputs().getFirst().binding().globs()).containsExactly(tool.stdout());
    assertThat(tool.stderr().text()).endsWith(".stderr");
    assertThat(tool.outputs().get(1).binding().globs()).containsExactly(tool.stderr());
  }

  @Test
  void importsIncludesAndMixinsArePutInPlace() throws Exception {
    sources.with("sub/tool.cwl", ECHO.replace("echo", "{$include: ../name.txt}"));
    sources.with("name.txt", "printf");
    sources.with("in.yml", "text: {source: greeting}\n");
    sources.with("types.yml", "- {name: Pair, type: record, fields: {a: int}}\n");

    Workflow workflow =
        (Workflow)
            load(
                """
                cwlVersion: v1.2
                class: Workflow
                requirements:
                  SchemaDefRequirement:
                    types: [{$import: types.yml}]
                inputs:
                  greeting: string
                  pair: types.yml#Pair
                outputs: {}
                steps:
                  say:
                    $mixin: mixed.yml
                    in: {$import: in.yml}
                    run: {$import: sub/tool.cwl}
                """,
                "mixed.yml",
                "out: [out]\nin: {}\n");

    WorkflowStep step = workflow.steps().getFirst();
    assertThat(((CommandLineTool) step.run()).baseCommand()).containsExactly("printf");
    assertThat(step.out()).containsExactly("out");
    assertThat(step.in().getFirst().link().sources())
        .singleElement()
        .isInstanceOf(Link.Source.WorkflowInput.class)
        .extracting(source -> source.position().toString())
        .isEqualTo("in.yml:1:16");
    assertThat(workflow.inputs().get(1).type())
        .isInstanceOfSatisfying(
            CwlType.RecordType.class,
            record -> assertThat(record.fields().getFirst().name()).isEqualTo("a"));
  }

  @Test
  void packedDocumentsAreReadByTheirMainProcess() throws Exception {
    String packed =
        """
        cwlVersion: v1.2
        $graph:
          - class: CommandLineTool
            id: "#tool.cwl"
            inputs: [{id: "#tool.cwl/text", type: string}]
            outputs: [{id: "#tool.cwl/out", type: stdout}]
          - class: Workflow
            id: "#main"
            inputs: [{id: "#main/word", type: string}]
            outputs: [{id: "#main/end", type: File, outputSource: "#main/say/out"}]
            steps:
              - id: "#main/say"
                run: "#tool.cwl"
                in: [{id: "#main/say/text", source: "#main/word"}]
                out: ["#main/say/out"]
        """;
    Workflow workflow = (Workflow) load(packed);

    assertThat(workflow.header().id()).isEqualTo("file:///w/wf.cwl#main");
    assertThat(workflow.steps().getFirst().in().getFirst().name()).isEqualTo("text");
    assertThat(workflow.outputLinks().getFirst().sources())
        .singleElement()
        .isInstanceOfSatisfying(
            Link.Source.StepOutput.class,
            out -> assertThat(out.step() + "/" + out.output()).isEqualTo("say/out"));
    assertThat(CwlLoader.load("wf.cwl#tool.cwl", sources.options()).process())
        .isInstanceOf(CommandLineTool.class);
    assertThatThrownBy(() -> CwlLoader.load("wf.cwl#mian", sources.options()))
        .hasMessageContaining("no process #mian, only: #tool.cwl, #main. Did you mean \"main\"?");
  }

  @Test
  void aToolThatManyStepsRunIsReadOnce() throws Exception {
    sources.with("tool.cwl", ECHO);
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      steps.append("  s%d: {run: tool.cwl, in: {}, out: [out]}\n".formatted(i));
    }
    Workflow workflow =
        (Workflow)
            load("cwlVersion: v1.2\nclass: Workflow\ninputs: {}\noutputs: {}\nsteps:\n" + steps);

    assertThat(sources.fetches("tool.cwl")).isEqualTo(1);
    CwlProcess first = workflow.steps().getFirst().run();
    assertThat(workflow.steps()).allSatisfy(step -> assertThat(step.run()).isSameAs(first));
  }

  @Test
  void aWorkflowThatRunsItselfIsRefused() {
    assertRefused(
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {SubworkflowFeatureRequirement: {}}
        inputs: {}
        outputs: {}
        steps:
          again: {run: wf.cwl, in: {}, out: []}
        """,
        "wf.cwl:7:16: this workflow runs itself");
  }

  @Test
  void importsInACircleAreRefused() {
    sources.with("b.yml", "{$import: wf.cwl}");
    assertRefused("a: {$import: b.yml}", "this import closes a circle");
  }

  @Test
  void importsThatMultiplyAreBounded() {
    sources.with("l0.yml", "[" + "x, ".repeat(50) + "]");
    for (int i = 1; i < 12; i++) {
      sources.with(
          "l" + i + ".yml", "[" + "[{$import: l%d.yml}], ".formatted(i - 1).repeat(20) + "]");
    }
    assertRefused(
        "a: {$import: l11.yml}", "the definition is too large: with this, 1,298,184 values");
  }

  @Test
  void versionOneZeroKeepsItsDefaults() throws Exception {
    CommandLineTool old = (CommandLineTool) load(ECHO.replace("v1.2", "v1.0"));

    assertThat(old.header().cwlVersion()).isEqualTo("v1.0");
    assertThat(old.header().requirements().find(Requirement.NetworkAccess.class)).isPresent();
    assertThat(old.inputs().getFirst().fileTraits().loadListing()).isEqualTo(LoadListing.DEEP);
    CommandLineTool now = (CommandLineTool) load(ECHO);
    assertThat(now.header().requirements().hints()).isEmpty();
    assertThat(now.inputs().getFirst().fileTraits().loadListing()).isEqualTo(LoadListing.NONE);
  }

  @Test
  void theListingThatAWorkflowAsksForHoldsInItsTools() throws Exception {
    sources.with("tool.cwl", ECHO);
    Workflow workflow =
        (Workflow)
            load(
                """
                cwlVersion: v1.2
                class: Workflow
                requirements: {LoadListingRequirement: {loadListing: shallow_listing}}
                inputs: {}
                outputs: {}
                steps:
                  say: {run: tool.cwl, in: {}, out: []}
                """);

    assertThat(workflow.steps().getFirst().run().inputs().getFirst().fileTraits().loadListing())
        .isEqualTo(LoadListing.SHALLOW);
  }

  @Test
  void extensionsOfCwltoolAreRead() throws Exception {
    sources.with("tool.cwl", ECHO);
    Workflow workflow =
        (Workflow)
            load(
                """
                cwlVersion: v1.2
                class: Workflow
                $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
                requirements:
                  InlineJavascriptRequirement: {}
                  StepInputExpressionRequirement: {}
                hints:
                  cwltool:Secrets: {secrets: [word]}
                  cwltool:CUDARequirement:
                    cudaVersionMin: "11.4"
                    cudaComputeCapability: "3.0"
                    cudaDeviceCountMin: 1
                  cwltool:MPIRequirement: {processes: 4}
                inputs: {word: string}
                outputs: {}
                steps:
                  again:
                    run: tool.cwl
                    in: {text: word}
                    out: [out]
                    requirements:
                      cwltool:Loop:
                        loopWhen: $(inputs.text != "x")
                        loop:
                          text: {loopSource: out, valueFrom: $(self.basename)}
                        outputMethod: all
                """);

    assertThat(workflow.header().requirements().hints())
        .extracting(hint -> hint.getClass().getSimpleName())
        .containsExactly("Secrets", "Cuda", "Mpi");
    Loop loop = workflow.steps().getFirst().loop();
    assertThat(loop.outputMethod()).isEqualTo(Loop.OutputMethod.ALL);
    assertThat(loop.inputs().getFirst().loopSource()).containsExactly("out");
  }

  @Test
  void formatsAndDefaultsAreResolvedBesideTheirDocument() throws Exception {
    sources.with(
        "sub/tool.cwl",
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {edam: "http://edamontology.org/"}
        inputs:
          reads:
            type: File
            format: edam:format_1930
            default: {class: File, location: data/a b.fq}
        outputs: {}
        """);
    CwlProcess tool = CwlLoader.load("sub/tool.cwl", sources.options()).process();

    assertThat(tool.inputs().getFirst().fileTraits().formats())
        .extracting(format -> format.text())
        .containsExactly("http://edamontology.org/format_1930");
    assertThat(tool.inputs().getFirst().defaultValue())
        .isEqualTo(FileValue.at("file:///w/sub/data/a%20b.fq", "a b.fq"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0", "v1.1", "v1.2", "v1.1.0-dev1", "v1.2.0-dev5"})
  void theseVersionsAreRead(String version) throws Exception {
    assertThat(load(ECHO.replace("v1.2", version))).isInstanceOf(CommandLineTool.class);
  }

  @Test
  void otherVersionsAreRefusedWithAHint() {
    assertRefused(
        ECHO.replace("v1.2", "draft-3"), "wf.cwl:1:13: cwlVersion \"draft-3\" is not read");
    assertRefused(ECHO.replace("v1.2", "v1.3"), "The newest that is known here is v1.2.");
    assertRefused(ECHO.replace("cwlVersion: v1.2", "doc: x"), "\"cwlVersion\" is missing");
  }

  private CwlProcess load(String text, String... more) throws InvalidDefinitionException {
    sources.with("wf.cwl", text);
    for (int i = 0; i < more.length; i += 2) {
      sources.with(more[i], more[i + 1]);
    }
    return CwlLoader.load("wf.cwl", sources.options()).process();
  }

  private void assertRefused(String text, String part) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(part);
  }

  private static CwlType array(CwlType items) {
    return new CwlType.ArrayType(items, null, null);
  }
}
