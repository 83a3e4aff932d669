package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.Twinflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that cannot be written, and a reader that has gone. */
class BadPlaceIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void openTrial() {
    trial = new Trial(folder);
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
    trial.tool("touch.cwl", "touch " + folder.resolve("ran"), "inputs: []\noutputs: []");
    trial.write("file", "");

    CommandRun run = trial.run("--outdir", "file/out", "touch.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("file/out", "--outdir");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamedWithTheWayOut() throws IOException {
    trial.tool("true.cwl", "true", "inputs: []\noutputs: []");
    trial.write("file", "");

    CommandRun run = trial.run("--home", "file/home", "true.cwl");

    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("file/home", "TWINFLOW_HOME");
  }

  @Test
  void aClosedReaderOfStandardOutputIsNoTrace() throws Exception {
    trial.tool("true.cwl", "true", "inputs: []\noutputs: []");
    CommandRun.in(folder).call("run", "true.cwl");
    PrintStream closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    Twinflow.execute(
        new String[] {"show", "latest"},
        InputStream.nullInputStream(),
        closed,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("TWINFLOW_HOME", folder.resolve("home").toString()),
        folder);

    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ", "a defect");
  }
}
