package io.twinflow.engine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition that is only right inside another: checked, drawn, and not run. */
class PartsTest {

  private static final String SCATTERS =
      """
      cwlVersion: v1.2
      class: Workflow
      inputs: {n: "int[]"}
      outputs: {}
      steps:
        each:
          run: {class: CommandLineTool, baseCommand: "true", inputs: {n: int}, outputs: {}}
          scatter: n
          in: {n: n}
          out: []
      """;

  @TempDir private Path folder;

  private CommandRun twinflow(String... args) {
    return CommandRun.in(folder).call(args);
  }

  @Test
  void validateRefusesWhatRunRefusesAndSaysWhatASurroundingWorkflowMustBring() throws Exception {
    Files.writeString(folder.resolve("part.cwl"), SCATTERS);

    CommandRun validated = twinflow("validate", "part.cwl");
    CommandRun run = twinflow("run", "part.cwl", "--n", "1");

    assertThat(validated.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(validated.out()).isEmpty();
    assertThat(validated.err())
        .startsWith("part.cwl:6:3: the step \"each\" scatters")
        .endsWith(
            "part.cwl: valid only inside a workflow that requires ScatterFeatureRequirement; it"
                + " cannot be run by itself.\n");
    assertThat(run.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(validated.err()).startsWith(run.err());
  }

  @Test
  void aPartOfADocumentThatAnotherPartRunsNeedNotBeRunnableByItself() throws Exception {
    Files.writeString(
        folder.resolve("packed.cwl"),
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

    CommandRun validated = twinflow("validate", "packed.cwl");

    assertThat(validated.code()).isZero();
    assertThat(validated.err()).isEmpty();
    assertThat(validated.out())
        .contains(
            "#outer: valid Workflow of 1 step",
            "#inner: valid only inside a workflow that requires ScatterFeatureRequirement");
    assertThat(twinflow("validate", "packed.cwl#inner").code()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void aPromisedProcessIsValidAndSaidNotToRun() throws Exception {
    Files.writeString(
        folder.resolve("later.cwl"),
        "{cwlVersion: v1.2, class: Operation, inputs: {}, outputs: {}}");

    CommandRun validated = twinflow("validate", "later.cwl");

    assertThat(validated.code()).isZero();
    assertThat(validated.err()).startsWith("later.cwl:1:1: warning: an Operation is the promise");
    assertThat(twinflow("run", "later.cwl").code()).isEqualTo(ExitCode.UNSUPPORTED);
  }

  @Test
  void graphDrawsIt() throws Exception {
    Files.writeString(folder.resolve("part.cwl"), SCATTERS);

    CommandRun drawn = twinflow("graph", "--format", "dot", "part.cwl");

    assertThat(drawn.code()).isZero();
    assertThat(drawn.out()).contains("each").contains("scatter");
  }
}
