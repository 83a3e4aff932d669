package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The command has a real function do a step that is the tool itself, and calls back. */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_S3_ENDPOINT", matches = ".+")
class ValuesRunIT {

  @TempDir private Path folder;
  @TempDir private Path peers;
  private ExchangeTrial trial;

  private String peer(String action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "functions");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), action).redirectErrorStream(true);
    builder.environment().put("TWINFLOW_PEERS", peers.toString());
    builder.environment().put("TWINFLOW_FUNCTION", "mean.js");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @BeforeEach
  void start() throws Exception {
    trial = new ExchangeTrial(folder);
    String said = peer("start");
    trial.configure(
        URI.create(System.getenv("TWINFLOW_S3_ENDPOINT")),
        """
        far:
          type: functions
          functions: {"*": "%s"}
          values: true
          poll: 1h
        """
            .formatted(said.substring(said.lastIndexOf("http://")).strip()));
    Files.writeString(
        folder.resolve("mean.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: mean
        inputs:
          numbers: {type: "double[]", inputBinding: {position: 1}}
          file: {type: "File?", inputBinding: {position: 2}}
        outputs: {mean: double}
        """);
  }

  @AfterEach
  void stop() throws Exception {
    peer("stop");
    trial.close();
  }

  private CommandRun run(String job) throws Exception {
    Files.writeString(folder.resolve("job.yml"), job);
    return CommandRun.in(folder).call("run", "--no-cache", "--site", "far", "mean.cwl", "job.yml");
  }

  @Test
  void itsValuesAreTheOutputs() throws Exception {
    CommandRun run = run("numbers: [1, 2, 6.5]\n");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("\"mean\": *3\\.16666666666666");
  }

  @Test
  void whatItCannotDoIsSaidInWords() throws Exception {
    Files.writeString(folder.resolve("text"), "a file\n");
    CommandRun run = run("numbers: [1]\nfile: {class: File, path: text}\n");
    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("values: true", "input file");
  }
}
