package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no definition, or a wrong one: all of it is told, in bounded time. */
class BadDocumentIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void openTrial() {
    trial = new Trial(folder);
  }

  private void refusedInOneLine(String file, String... words) {
    long began = System.nanoTime();
    CommandRun run = trial.run(file);
    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).contains(words);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whatIsNoDocumentIsRefusedInOneLine() throws IOException {
    trial.write("broken.cwl", "class: [CommandLineTool\ninputs: {");
    refusedInOneLine("broken.cwl", "broken.cwl:");
    refusedInOneLine(".", ".:1:1", "directory");
    trial.write("empty.cwl", "");
    refusedInOneLine("empty.cwl", "empty");
    Files.write(folder.resolve("binary.cwl"), new byte[] {0x7f, 'E', 'L', 'F', 0, (byte) 0xff, 1});
    refusedInOneLine("binary.cwl", "binary");
    refusedInOneLine("missing.cwl", "missing.cwl", "no such file");
  }

  @Test
  void aBombIsRefusedInBoundedTime() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append((before + ",").repeat(9)).append(before).append("]\n");
    }
    trial.write("bomb.cwl", bomb.toString());
    refusedInOneLine("bomb.cwl", "bomb.cwl");
  }

  @Test
  void aHugeDocumentIsRefusedByItsSize() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge.cwl").toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    refusedInOneLine("huge.cwl", "MiB");
  }

  @Test
  void everythingWrongWithADocumentIsToldAtOnceWithNearestNames() throws IOException {
    trial.write(
        "wrong.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: {message: strin}
        outputs: {out: {type: File, outputSource: say/outt}}
        steps:
          say:
            in: {message: mesage}
            out: [out]
            run:
              class: CommandLineTool
              baseComand: echo
              inputs: {message: {type: string, inputBinding: {}}}
              stdout: x
              outputs: {out: stdout}
        """);

    CommandRun run = trial.run("wrong.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err())
        .contains("wrong.cwl:3:", "strin", "wrong.cwl:11:", "\"baseCommand\"")
        .contains("\"message\"", "mesage");
  }

  @Test
  void aCycleIsNamed() throws IOException {
    trial.write(
        "cycle.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        outputs: []
        steps:
          a: {in: {x: b/y}, out: [y], run: &t {class: ExpressionTool, inputs: {x: Any}, outputs: {y: Any}, expression: "$(inputs)"}}
          b: {in: {x: a/y}, out: [y], run: *t}
        """);

    CommandRun run = trial.run("cycle.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("cycle.cwl:", "a", "b");
  }

  @Test
  void anOperationAndAMissingContainerEngineAreUnsupported() throws IOException {
    trial.write(
        "op.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        outputs: []
        steps: {a: {in: [], out: [], run: {class: Operation, inputs: [], outputs: []}}}
        """);
    trial.tool(
        "docker.cwl",
        "true",
        "requirements: {DockerRequirement: {dockerPull: 'debian:stable-slim'}}\ninputs: []\noutputs: []");

    CommandRun operation = trial.run("op.cwl");
    CommandRun container = trial.run("--no-container", "docker.cwl");

    assertThat(operation.code()).as(operation.err()).isEqualTo(33);
    assertThat(container.code()).as(container.err()).isEqualTo(33);
    assertThat(container.err()).contains("container");
  }
}
