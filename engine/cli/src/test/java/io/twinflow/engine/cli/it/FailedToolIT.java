package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool or an expression that fails, does not end, or leaves what it must not. */
class FailedToolIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void openTrial() {
    trial = new Trial(folder);
  }

  @Test
  void aFailedToolShowsCommandCodeLastLinesAndPlaces() throws IOException {
    trial.tool(
        "bad.cwl",
        "echo almost >&2\necho the disk is on fire >&2\nexit 7",
        "inputs: []\noutputs: []");

    CommandRun run = trial.run("bad.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err())
        .contains("7", "the disk is on fire", "sh -c", "/home/runs/", "twinflow retry");
  }

  @Test
  void aToolThatIsNotThereIsNamed() throws IOException {
    trial.write(
        "none.cwl",
        "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: no-such-tool-at-all, inputs: [], outputs: []}");

    CommandRun run = trial.run("none.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("no-such-tool-at-all");
  }

  @Test
  void aTimeLimitIsKept() throws IOException {
    trial.tool(
        "slow.cwl",
        "sleep 100",
        "requirements: {ToolTimeLimit: {timelimit: 1}}\ninputs: []\noutputs: []");
    long began = System.nanoTime();

    CommandRun run = trial.run("slow.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aKilledToolSaysSo() throws IOException {
    trial.tool("killed.cwl", "kill -9 $$", "inputs: []\noutputs: []");

    CommandRun run = trial.run("killed.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).containsAnyOf("signal 9", "SIGKILL", "137");
  }

  private void expression(String name, String body) throws IOException {
    trial.write(
        name,
        """
        cwlVersion: v1.2
        class: ExpressionTool
        requirements: {InlineJavascriptRequirement: {}}
        inputs: []
        outputs: {x: Any}
        expression: |
          ${ %s }
        """
            .formatted(body));
  }

  @Test
  void anEndlessAndAGreedyExpressionAreStopped() throws IOException {
    expression("endless.cwl", "while (true) {} ");
    expression("greedy.cwl", "var a = []; while (true) { a.push('x'.repeat(1000000)); }");

    for (String name : new String[] {"endless.cwl", "greedy.cwl"}) {
      CommandRun run = trial.run(name);
      assertThat(run.code()).isEqualTo(Trial.FAILURE);
      assertThat(run.err()).contains(name + ":");
    }
  }

  @Test
  void outputsThatLeaveTheFolderAreRefused() throws IOException {
    trial.write("secret.txt", "secret");
    trial.tool(
        "link.cwl",
        "ln -s " + folder.resolve("secret.txt") + " out.txt",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: out.txt}}}");
    trial.tool(
        "up.cwl",
        "true",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: ../../../../../secret.txt}}}");

    for (String name : new String[] {"link.cwl", "up.cwl"}) {
      CommandRun run = trial.run("--outdir", "out", name);
      assertThat(run.code()).as(name).isEqualTo(Trial.FAILURE);
      assertThat(run.err()).as(name).contains("out");
      assertThat(folder.resolve("out/secret.txt")).doesNotExist();
    }
  }

  @Test
  void pipesFoldersThatHoldThemselvesAndNamesThatAreNoTextAreTheToolsFailure() throws IOException {
    trial.tool(
        "pipe.cwl",
        "mkfifo out",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: out}}}");
    trial.tool(
        "circle.cwl",
        "mkdir -p out/a out/b; ln -s ../b out/a/b; ln -s ../a out/b/a",
        "inputs: []\noutputs: {out: {type: Directory, outputBinding: {glob: out}}}");
    trial.tool(
        "name.cwl",
        "touch out-`printf '\\377'`",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: 'out*'}}}");

    for (String name : new String[] {"pipe.cwl", "circle.cwl", "name.cwl"}) {
      CommandRun run = trial.run("--outdir", "results", name);
      assertThat(run.code()).as(name).isEqualTo(Trial.FAILURE);
      assertThat(run.err())
          .as(name)
          .contains("failed (the tool)", "/out")
          .doesNotContain("trying again");
    }
  }
}
