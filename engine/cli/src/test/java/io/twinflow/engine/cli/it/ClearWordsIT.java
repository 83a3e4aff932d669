package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who did something slightly odd. */
class ClearWordsIT {

  @TempDir private Path folder;

  @BeforeEach
  void writeTool() throws Exception {
    Tools.shell(
        folder.resolve("rows.cwl"),
        "true",
        """
        inputs:
          mat: {type: {type: array, items: {type: array, items: int}}, default: []}
        outputs: []
        """);
  }

  private CommandRun twinflow(String... args) {
    return CommandRun.in(folder).call(args);
  }

  @Test
  void aWrongValueOfAFlagIsPlacedAtTheFlag() throws Exception {
    assertThat(twinflow("run", "rows.cwl", "--mat", "[[1, x]]").err())
        .startsWith("--mat: ")
        .doesNotContain("rows.cwl:");
    Files.writeString(folder.resolve("job.yml"), "mat: [[7]]\n");
    assertThat(twinflow("run", "rows.cwl", "job.yml", "--mat", "[[1, x]]").err())
        .startsWith("--mat: ")
        .doesNotContain("job.yml:");
  }

  @Test
  void aMissingFileOfInputsIsOneSentence() throws Exception {
    Files.writeString(folder.resolve("straw.yml"), "mat: []\n");

    CommandRun run = twinflow("run", "rows.cwl", "stray.yml");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "stray.yml: no such file (did you mean \"straw.yml\"?); expected a YAML or JSON file of"
                + " inputs here, or inputs as --NAME VALUE.");
  }

  @Test
  void inputsBeyondTheBoundSayWhatToDoInstead() throws Exception {
    Files.write(folder.resolve("large.yml"), new byte[33 << 20]);

    assertThat(twinflow("run", "rows.cwl", "large.yml").err())
        .contains("33 MiB", "bound of 32 MiB", "File input", "scatter");
  }

  @Test
  void anEmptyLogSaysSo() {
    assertThat(twinflow("run", "rows.cwl").code()).isZero();

    CommandRun logs = twinflow("logs", "latest", "rows", "--stderr");

    assertThat(logs.code()).isZero();
    assertThat(logs.out()).isEmpty();
    assertThat(logs.err()).contains("rows: wrote nothing to stderr");
  }

  @Test
  void aStepThatIsMistypedGetsTheNearestName() throws Exception {
    Files.writeString(
        folder.resolve("two.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        outputs: []
        steps:
          after: {run: rows.cwl, in: {mat: {default: [[1]]}}, out: []}
        """);
    assertThat(twinflow("run", "two.cwl").code()).isZero();

    CommandRun logs = twinflow("logs", "latest", "aftr");

    assertThat(logs.code()).isEqualTo(1);
    assertThat(logs.err())
        .contains("aftr: no task of this run has this name or ran yet. Did you mean \"after\"?");
  }

  @Test
  void resultsOfTheSameNameAreExplained() throws Exception {
    Files.writeString(
        folder.resolve("many.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {words: "string[]"}
        outputs: {said: {type: "File[]", outputSource: say/said}}
        steps:
          say:
            scatter: word
            in: {word: words}
            out: [said]
            run:
              class: CommandLineTool
              baseCommand: echo
              inputs: {word: {type: string, inputBinding: {}}}
              stdout: said.txt
              outputs: {said: stdout}
        """);

    CommandRun run = twinflow("run", "many.cwl", "--words", "a", "--words", "b");
    CommandRun single = twinflow("run", "many.cwl", "--words", "a");

    assertThat(run.err()).contains("(those whose names others have already are in its folders 2");
    assertThat(folder.resolve("2/said.txt")).hasContent("b");
    assertThat(single.err()).contains("results: ").doesNotContain("folders 2");
  }
}
