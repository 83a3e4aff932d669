package io.twinflow.workflowdefs.cwl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.Workflow;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowStep;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobRequirementsTest {

  private static final String ECHO =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: env
      requirements: {EnvVarRequirement: {envDef: {A: own}}, ShellCommandRequirement: {}}
      inputs: []
      outputs: []
      """;
  private static final String FLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      inputs: []
      outputs: []
      steps:
        one: {run: echo.cwl, in: [], out: []}
        two: {run: plain.cwl, in: [], out: []}
      """;

  private final FakeSources sources =
      new FakeSources()
          .with("echo.cwl", ECHO)
          .with("plain.cwl", ECHO.replaceAll("requirements.*\n", ""))
          .with("flow.cwl", FLOW)
          .with("other.cwl", ECHO);

  @Test
  void anOverrideTakesThePlaceOfAToolsRequirementOfTheSameClass() throws Exception {
    WorkflowDocument document = load("flow.cwl", "echo.cwl: {requirements: " + env("a") + "}");

    Requirements tool = step(document, 0).run().header().requirements();
    assertThat(variables(tool)).containsExactly(Map.entry("A", "a"));
    assertThat(tool.find(Requirement.ShellCommand.class)).isPresent();
    assertThat(variables(step(document, 1).run().header().requirements())).isEmpty();
    assertThat(document.warnings()).isEmpty();
    assertThat(CwlLoader.loadPinned(document.pinned()).process()).isEqualTo(document.process());
  }

  @Test
  void anOverrideMayBeForAStep() throws Exception {
    for (String flow : new String[] {FLOW, FLOW.replace("two: {", "- {id: two, ")}) {
      sources.with(
          "flow.cwl", flow.contains("- {id") ? flow.replace("one: {", "- {id: one, ") : flow);

      WorkflowDocument document =
          load("flow.cwl", "flow.cwl#two: {requirements: " + env("s") + "}");

      assertThat(variables(step(document, 1).requirements())).containsExactly(Map.entry("A", "s"));
      assertThat(variables(step(document, 0).requirements())).isEmpty();
      assertThat(document.warnings()).isEmpty();
    }
  }

  @Test
  void anOverrideOfTheMainProcessWinsOverTheRequirementsOfTheWholeRun() throws Exception {
    WorkflowDocument document =
        document(
            "echo.cwl",
            "cwl:requirements: "
                + env("r")
                + "\ncwltool:overrides:\n  echo.cwl: {requirements: "
                + env("o")
                + "}\n");

    assertThat(variables(document.process().header().requirements()))
        .containsExactly(Map.entry("A", "o"));
  }

  @Test
  void anOverrideThatNothingRunsIsTold() throws Exception {
    assertThat(load("flow.cwl", "other.cwl: {requirements: " + env("a") + "}").warnings())
        .singleElement()
        .asString()
        .contains("job.yml:2:3", "of no use: flow runs no file:///w/other.cwl");
  }

  @Test
  void wrongOverridesAreTold() {
    assertThatThrownBy(() -> load("flow.cwl", "missing.cwl: {requirements: " + env("a") + "}"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("job.yml:2:3")
        .hasMessageContaining("missing.cwl, which does not exist");
    assertThatThrownBy(() -> load("flow.cwl", "flow.cwl#three: {requirements: " + env("a") + "}"))
        .hasMessageContaining("has no process #three");
    assertThatThrownBy(() -> load("flow.cwl", "echo.cwl: {hints: []}"))
        .hasMessageContaining("for a process or step, found hints");
    assertThatThrownBy(() -> load("flow.cwl", "echo.cwl: {requirements: {EnvVar: {}}}"))
        .hasMessageContaining("\"EnvVar\" is not supported");
    assertThatThrownBy(() -> load("flow.cwl", "echo.cwl: 5"))
        .hasMessageContaining("expected a map for \"echo.cwl\"");
  }

  @Test
  void overridesAreRefusedWhereTheDefinitionIsReadWithoutThem() throws Exception {
    sources.with("job.yml", "cwltool:overrides: {echo.cwl: {requirements: " + env("a") + "}}");

    assertThat(JobLoader.load("job.yml", sources.options()).problems().all())
        .singleElement()
        .asString()
        .contains("overrides is not supported here");
  }

  private static String env(String value) {
    return "{EnvVarRequirement: {envDef: {A: " + value + "}}}";
  }

  private static WorkflowStep step(WorkflowDocument document, int index) {
    return ((Workflow) document.process()).steps().get(index);
  }

  private static Map<String, String> variables(Requirements requirements) {
    return requirements
        .find(Requirement.EnvVar.class)
        .map(found ->
            found.definitions().stream()
                .collect(Collectors.toMap(def -> def.name(), def -> def.value().text())))
        .orElse(Map.of());
  }

  private WorkflowDocument load(String file, String override) throws Exception {
    return document(file, "cwltool:overrides:\n  " + override + "\n");
  }

  private WorkflowDocument document(String file, String job) throws Exception {
    sources.with("job.yml", job);
    JobDocument read = JobLoader.loadWithOverrides("job.yml", sources.options());
    read.problems().throwIfAny();
    return CwlLoader.load(file, sources.options(), read);
  }
}
