package io.twinflow.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  @TempDir private Path folder;

  private CommandRun twinflow(String... args) {
    return CommandRun.in(folder).call(args);
  }

  @Test
  void withoutWordsItShowsItsCommandsAndIsWrongUsage() {
    CommandRun run = twinflow();

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("run", "validate", "resume", "TWINFLOW_HOME");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void everyCommandHasHelpWithItsName() {
    for (String command :
        new String[] {
          "run",
          "validate",
          "graph",
          "pause",
          "cancel",
          "resume",
          "retry",
          "runs",
          "show",
          "logs",
          "cache",
          "completion",
          "version"
        }) {
      CommandRun run = twinflow(command, "--help");

      assertThat(run.code()).as(command).isEqualTo(ExitCode.SUCCESS);
      assertThat(run.out()).as(command).contains("Usage: twinflow " + command);
      assertThat(run.err()).as(command).isEmpty();
    }
  }

  @Test
  void theListOfCommandsHasWholeSentences() {
    assertThat(twinflow("--help").out().replaceAll("\\s+", " "))
        .contains("one that an unfinished run needs.", "It does so by itself every hour.");
  }

  @Test
  void resumingWhatHasEndedSaysSo() throws Exception {
    Files.writeString(
        folder.resolve("true.cwl"),
        "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'true', inputs: [], outputs: []}");
    twinflow("run", "--quiet", "true.cwl");

    CommandRun resumed = twinflow("resume", "latest");

    assertThat(resumed.code()).isZero();
    assertThat(resumed.err()).contains(": has ended (succeeded): nothing of it runs again\n");
    assertThat(twinflow("resume", "--quiet", "latest").err()).isEmpty();
  }

  @Test
  void aSlipInACommandGetsTheNearestName() {
    CommandRun run = twinflow("valdiate", "x.cwl");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is no command 'valdiate'. Did you mean \"validate\"?");
  }

  @Test
  void aDocumentInPlaceOfACommandIsUnderstood() {
    assertThat(twinflow("flow.cwl").err()).contains("twinflow run flow.cwl");
  }

  @Test
  void aWrongOptionIsWrongUsageAndNamesTheHelp() {
    CommandRun run = twinflow("validate", "--quite", "x.cwl");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--quite", "--quiet", "Try 'twinflow validate --help'.");
  }

  @Test
  void aWordThatLacksBelowACommandNamesTheWholeCommand() {
    assertThat(twinflow("cache", "explain", "latest").err())
        .contains("Try 'twinflow cache explain --help'.");
  }

  @Test
  void theCompletionScriptKnowsCommandsAndOptions() {
    CommandRun run = twinflow("completion");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("#!").contains("validate", "--on-error", "complete -F");
  }

  @Test
  void theVersionNamesTheVersionsOfCwl() {
    assertThat(twinflow("--version").out()).startsWith("twinflow ").contains("v1.2");
  }

  @Test
  void aMissingDocumentIsOneLineAndExitCodeOne() {
    CommandRun run = twinflow("run", "nothere.cwl");

    assertThat(run.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("nothere.cwl", "no such file");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpOfAWorkflowShowsItsInputs() throws Exception {
    Files.writeString(
        folder.resolve("echo.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        doc: Says something.
        baseCommand: echo
        inputs:
          message: {type: string, doc: What to say., inputBinding: {}}
          times: {type: int, default: 3}
        outputs: []
        """);

    CommandRun run = twinflow("run", "echo.cwl", "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "Says something.",
            "--message  (string, required)",
            "What to say.",
            "--times  (int, default: 3)");
  }

  @Test
  void afterAWorkflowAnInputComesBeforeAnOptionOfItsName() throws Exception {
    Files.writeString(
        folder.resolve("slurm.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: echo
        inputs:
          memory: {type: int, inputBinding: {}}
          verbose: {type: boolean, inputBinding: {prefix: -v}}
        outputs: {said: stdout}
        stdout: said.txt
        """);

    CommandRun run =
        twinflow(
            "run", "--quiet", "slurm.cwl", "--memory", "3", "--verbose", "--outdir", "results");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(folder.resolve("results/said.txt")).content().isEqualTo("3 -v\n");
  }
}
