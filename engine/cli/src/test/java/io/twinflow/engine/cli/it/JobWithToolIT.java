package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input object that names its tool is run in the tool's place. */
class JobWithToolIT {

  @TempDir private Path folder;

  @BeforeEach
  void writeTool() throws IOException {
    Files.createDirectories(folder.resolve("tools"));
    Files.writeString(
        folder.resolve("tools/echo.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: echo
        inputs: {message: {type: string, inputBinding: {}}}
        stdout: said.txt
        outputs: {said: stdout}
        """);
  }

  @Test
  void theToolIsFoundFromTheJobAndFlagsWin() throws IOException {
    Files.writeString(folder.resolve("job.yml"), "cwl:tool: tools/echo.cwl\nmessage: hello\n");

    assertThat(CommandRun.in(folder).call("run", "job.yml").code()).isZero();
    assertThat(folder.resolve("said.txt")).hasContent("hello");
    assertThat(CommandRun.in(folder).call("run", "job.yml", "--message", "moin").code()).isZero();
    assertThat(folder.resolve("said.txt")).hasContent("moin");
  }

  @Test
  void aToolThatIsNotThereIsNamed() throws IOException {
    Files.writeString(folder.resolve("job.yml"), "cwl:tool: tools/gone.cwl\nmessage: hello\n");

    CommandRun run = CommandRun.in(folder).call("run", "job.yml");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("tools/gone.cwl");
  }

  @Test
  void anInputObjectWithoutAToolIsToldWhatItLacks() throws IOException {
    Files.writeString(folder.resolve("job.yml"), "message: hello\n");

    CommandRun run = CommandRun.in(folder).call("run", "job.yml");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("job.yml:1:1", "cwlVersion");
  }
}
