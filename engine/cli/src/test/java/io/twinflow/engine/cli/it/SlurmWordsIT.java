package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a step that Slurm cannot run: its own words, when it says them. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class SlurmWordsIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void configure() throws Exception {
    trial = new Trial(folder);
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/twinflow.yaml"),
        "sites:\n"
            + site("hpc", "")
            + site("nowhere", "jobs: {partition: nowhere}")
            + site("unlicensed", "jobs: {licenses: 'fluent:9'}")
            + site("boxes", "container: podman"));
  }

  private String site(String name, String rest) {
    return """
      %s:
        type: slurm
        rest: %s
        user: %s
        token: {environment: TWINFLOW_SLURM_TOKEN}
        folder: %s
        poll: 200ms
        use: asked
        %s
    """
        .formatted(
            name,
            System.getenv("TWINFLOW_SLURM_URL"),
            System.getenv("TWINFLOW_SLURM_USER"),
            folder.resolve("shared"),
            rest);
  }

  private void failsAt(String site, String rest, String... words) throws Exception {
    trial.tool("tool.cwl", "touch started", rest + "\ninputs: []\noutputs: []");
    CommandRun run = trial.run("--site", site, "tool.cwl");
    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains(words);
    assertThat(CommandRun.in(folder).call("show", "latest").out()).contains(words);
    assertThat(CommandRun.in(folder).call("show", "latest", "tool").out()).contains(words);
  }

  private static String memory(long mebibytes) {
    return "requirements: {ResourceRequirement: {ramMin: %d}}".formatted(mebibytes);
  }

  private String site(String rest) throws Exception {
    return "type: slurm\nrest: %s\nuser: %s\ntoken: {file: %s}\npoll: 200ms\n"
        .formatted(
            rest,
            System.getenv("TWINFLOW_SLURM_USER"),
            Files.writeString(folder.resolve("token"), "expired"));
  }

  @Test
  void whatMayPassIsWaitedForInItsWords() throws Exception {
    new WordsTrial(folder)
        .step(
            "token",
            site(System.getenv("TWINFLOW_SLURM_URL")),
            "",
            "it refuses the token of user " + System.getenv("TWINFLOW_SLURM_USER"))
        .step(
            "away",
            site("http://127.0.0.1:9"),
            "",
            "does not answer at http://127.0.0.1:9: nobody listens there")
        .stepWithoutShare("share", site(System.getenv("TWINFLOW_SLURM_URL")))
        .step(
            "command",
            site(System.getenv("TWINFLOW_SLURM_URL"))
                .replaceFirst("token: .*", "token: {command: [sh, -c, 'echo log in first >&2']}"),
            "",
            "has no token for user %s: sh ended with exit code 0 and printed nothing: expected a token on its standard output; it said: log in first"
                .formatted(System.getenv("TWINFLOW_SLURM_USER")))
        .waitInTheirWords();
  }

  @Test
  void aWrongPartitionIsNamedAsSlurmNamesIt() throws Exception {
    failsAt("nowhere", "", "Invalid partition name specified");
  }

  @Test
  void moreMemoryThanAnyNodeHasIsSaidWithTheNumbers() throws Exception {
    failsAt("hpc", memory(900_000), "900000 MiB");
  }

  @Test
  void licencesThatThereAreNotAreRefused() throws Exception {
    failsAt("unlicensed", "", "Invalid license specification");
  }

  @Test
  void anImageThatIsNotThereIsToldAsTheNodeTellsIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "no podman: see peers/podman");
    failsAt(
        "boxes",
        "requirements: {DockerRequirement: {dockerImageId: 'absent:1'}}",
        "podman has no image absent:1");
  }
}
