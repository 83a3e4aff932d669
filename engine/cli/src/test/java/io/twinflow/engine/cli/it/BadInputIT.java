package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that are wrong, missing or odd. */
class BadInputIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void openTrial() {
    trial = new Trial(folder);
  }

  private void twoInputs() throws IOException {
    trial.tool("two.cwl", "true", "inputs: {count: int, data: File}\noutputs: []");
  }

  @Test
  void wrongAndMissingInputsAreToldTogetherWithPositions() throws IOException {
    twoInputs();
    trial.write("job.yml", "coutn: 3\ndata: hello\n");

    CommandRun run = trial.run("two.cwl", "job.yml");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err())
        .contains("\"count\" (int) is missing", "\"coutn\"")
        .contains("job.yml:2:7", "File");
  }

  @Test
  void aMissingInputFileIsNamedWithItsInput() throws IOException {
    twoInputs();

    CommandRun run = trial.run("two.cwl", "--count", "1", "--data", "gone.csv");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("data", "gone.csv");
  }

  @Test
  void anInputThatNeverEndsIsRefused() throws IOException {
    twoInputs();

    CommandRun run = trial.run("two.cwl", "--count", "1", "--data", "/dev/zero");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("data", "/dev/zero is a pipe, a socket or a device");
  }

  @Test
  void oddNamesComeThroughWhole() throws IOException {
    String odd = "a b'\"ü#%40\n.txt";
    trial.tool(
        "odd.cwl",
        "printf x > \"$0\"",
        """
          - $(inputs.name)
        inputs: {name: string}
        outputs: {out: {type: File, outputBinding: {glob: "*.txt"}}}
        """);

    CommandRun run = trial.run("--outdir", "out", "odd.cwl", "--name", odd);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out").resolve(odd)).hasContent("x");
  }
}
