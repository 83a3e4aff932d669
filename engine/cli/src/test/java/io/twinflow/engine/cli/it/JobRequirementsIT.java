package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requirements that only the inputs bring. */
class JobRequirementsIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void writeDocuments() throws IOException {
    trial = new Trial(folder);
    trial.tool(
        "say.cwl",
        "echo $WORD",
        "inputs: {i: int}\noutputs: {o: stdout}\nstdout: o-$(inputs.i).txt");
    trial.write(
        "flow.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: {n: 'int[]'}
        outputs: {o: {type: 'File[]', outputSource: say/o}}
        steps:
          say: {run: say.cwl, scatter: i, in: {i: n}, out: [o]}
        """);
  }

  @Test
  void aFeatureMayBeRequiredByTheInputsAlone() throws IOException {
    trial.write("plain.yml", "n: [1]\n");
    trial.write("job.yml", "n: [1]\ncwl:requirements: {ScatterFeatureRequirement: {}}\n");

    assertThat(trial.run("flow.cwl", "plain.yml").err())
        .contains("flow.cwl:", "needs ScatterFeatureRequirement");
    assertThat(trial.run("flow.cwl", "job.yml").code()).isZero();
  }

  @Test
  void anOverrideReachesTheToolInsideTheWorkflow() throws IOException {
    trial.write(
        "job.yml",
        """
        n: [1]
        cwl:requirements: {ScatterFeatureRequirement: {}}
        cwltool:overrides:
          say.cwl: {requirements: {EnvVarRequirement: {envDef: {WORD: moin}}}}
        """);

    assertThat(trial.run("flow.cwl", "job.yml").code()).isZero();
    assertThat(folder.resolve("o-1.txt")).hasContent("moin");
  }
}
