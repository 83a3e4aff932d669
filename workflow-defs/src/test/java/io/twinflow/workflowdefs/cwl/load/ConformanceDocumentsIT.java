package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonwl.cwlsdk.cwl1_2.CommandInputParameter;
import org.commonwl.cwlsdk.cwl1_2.CommandLineTool;
import org.commonwl.cwlsdk.cwl1_2.CommandOutputParameter;
import org.commonwl.cwlsdk.cwl1_2.WorkflowInputParameter;
import org.commonwl.cwlsdk.cwl1_2.WorkflowOutputParameter;
import org.commonwl.cwlsdk.cwl1_2.utils.RootLoader;
import org.junit.jupiter.api.Test;

/** Every document and input object of the v1.2 suite. */
class ConformanceDocumentsIT {

  /** Tests that must fail and do so here, because the document itself is wrong. */
  private static final Set<String> WRONG_DOCUMENTS =
      Set.of(
          "all_non_null_multi_with_non_array_output",
          "all_non_null_multi_with_non_array_output_nojs",
          "invalid_syntax_v10_uses_v12_tool",
          "invalid_syntax_v11_uses_v12_tool",
          "invalid_syntax_v10_uses_v12_workflow",
          "invalid_syntax_v11_uses_v12_workflow",
          "invalid_syntax_mixed_v12_workflow");

  /** Tests that must fail and do so here, because the input object does not fit. */
  private static final Set<String> WRONG_INPUTS =
      Set.of(
          "expression_any_nodefaultany",
          "expression_any_null_nodefaultany",
          "any_without_defaults_unspecified_fails",
          "any_without_defaults_specified_fails");

  private final Path suite = Suite.folder();
  private final LoadOptions options = LoadOptions.defaults().withWorkingFolder(suite);

  @Test
  void documentsLoadUnlessTheyMustFail() throws Exception {
    List<String> refused = new ArrayList<>();
    List<String> unexpected = new ArrayList<>();
    for (Suite.Test test : tests()) {
      try {
        CwlLoader.load(test.tool().toString(), options);
      } catch (InvalidDefinitionException e) {
        (test.shouldFail() ? refused : unexpected).add(test.id());
      }
    }
    assertThat(unexpected).isEmpty();
    assertThat(refused).containsExactlyInAnyOrderElementsOf(WRONG_DOCUMENTS);
  }

  @Test
  void whatIsPinnedIsWhatWasLoaded() throws Exception {
    for (Path tool : tools()) {
      WorkflowDocument loaded = CwlLoader.load(tool.toString(), options);
      WorkflowDocument again = CwlLoader.loadPinned(loaded.pinned());
      assertThat(again).as(tool.toString()).isEqualTo(loaded);
      assertThat(again.version()).isEqualTo(loaded.version());
    }
  }

  @Test
  void inputObjectsFitUnlessTheyMustFail() throws Exception {
    List<String> refused = new ArrayList<>();
    for (Suite.Test test : tests()) {
      if (WRONG_DOCUMENTS.contains(test.id()) || test.job() == null) {
        continue;
      }
      CwlProcess process = CwlLoader.load(test.tool().toString(), options).process();
      try {
        CheckedInputs inputs =
            InputObjectChecker.check(process, JobLoader.load(test.job().toString(), options));
        assertThat(ValueJson.read(ValueJson.write(inputs.inputs())))
            .as(test.id())
            .isEqualTo(inputs.inputs());
      } catch (InvalidDefinitionException e) {
        assertThat(test.shouldFail()).as(test.id() + "\n" + e.getMessage()).isTrue();
        refused.add(test.id());
      }
    }
    assertThat(refused).containsExactlyInAnyOrderElementsOf(WRONG_INPUTS);
  }

  /** The community's Java model of the schema is our second opinion. */
  @Test
  void theCommunityParserReadsTheSameNamesInTheSameOrder() throws Exception {
    int compared = 0;
    for (Path tool : tools()) {
      Documents documents = new Documents(options);
      Document document = documents.get(documents.iriOf(tool.toString()), null);
      if (document.root() instanceof MapNode root && "v1.2".equals(root.string("cwlVersion"))) {
        Object theirs =
            root.has("$graph")
                ? null
                : RootLoader.loadDocument(PlainTrees.map(root), document.iri());
        CwlProcess ours = CwlLoader.load(tool.toString(), options).process();
        if (theirs instanceof CommandLineTool their) {
          assertSame(ours, commandInputs(their), commandOutputs(their));
          compared++;
        } else if (theirs instanceof org.commonwl.cwlsdk.cwl1_2.Workflow their) {
          assertSame(ours, workflowInputs(their), workflowOutputs(their));
          assertThat(((Workflow) ours).steps())
              .extracting(WorkflowStep::name)
              .containsExactlyElementsOf(steps(their));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(200);
  }

  private static void assertSame(CwlProcess ours, List<String> inputs, List<String> outputs) {
    assertThat(ours.inputs()).extracting(InputParameter::name).containsExactlyElementsOf(inputs);
    assertThat(ours.outputs()).extracting(OutputParameter::name).containsExactlyElementsOf(outputs);
  }

  private static List<String> commandInputs(CommandLineTool tool) {
    return tool.getInputs().stream()
        .map(input -> ((CommandInputParameter) input).getId().orElse(""))
        .map(ConformanceDocumentsIT::name)
        .toList();
  }

  private static List<String> commandOutputs(CommandLineTool tool) {
    return tool.getOutputs().stream()
        .map(output -> ((CommandOutputParameter) output).getId().orElse(""))
        .map(ConformanceDocumentsIT::name)
        .toList();
  }

  private static List<String> workflowInputs(org.commonwl.cwlsdk.cwl1_2.Workflow workflow) {
    return workflow.getInputs().stream()
        .map(input -> ((WorkflowInputParameter) input).getId().orElse(""))
        .map(ConformanceDocumentsIT::name)
        .toList();
  }

  private static List<String> workflowOutputs(org.commonwl.cwlsdk.cwl1_2.Workflow workflow) {
    return workflow.getOutputs().stream()
        .map(output -> ((WorkflowOutputParameter) output).getId().orElse(""))
        .map(ConformanceDocumentsIT::name)
        .toList();
  }

  private static List<String> steps(org.commonwl.cwlsdk.cwl1_2.Workflow workflow) {
    return workflow.getSteps().stream()
        .map(step -> ((org.commonwl.cwlsdk.cwl1_2.WorkflowStep) step).getId().orElse(""))
        .map(ConformanceDocumentsIT::name)
        .toList();
  }

  private static String name(String id) {
    return Iri.decode(Names.last(id));
  }

  private List<Suite.Test> tests() throws Exception {
    return Suite.tests(suite.resolve("conformance_tests.yaml"));
  }

  private Set<Path> tools() throws Exception {
    Set<Path> tools = new LinkedHashSet<>();
    for (Suite.Test test : tests()) {
      if (!WRONG_DOCUMENTS.contains(test.id())) {
        tools.add(test.tool());
      }
    }
    return tools;
  }
}
