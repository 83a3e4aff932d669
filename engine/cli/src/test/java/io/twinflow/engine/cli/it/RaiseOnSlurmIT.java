package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A real Slurm ends jobs that use more memory than they asked for. */
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class RaiseOnSlurmIT {

  /** Holds more than it was told that it has, and for ever, unless that is enough. */
  private static final String HUNGRY =
      """
      echo "ran with $(runtime.ram)" >> COUNT
      if [ $(runtime.ram) -lt 256 ]; then
        (head -c 150000000 /dev/zero; sleep 3000) | tail -n 1
      fi
      """;

  @TempDir private Path folder;
  @TempDir private Path peers;

  private CommandRun twinflow(String... args) {
    return CommandRun.in(folder).call(args);
  }

  private void configure(SlurmPeer slurm) throws Exception {
    Files.createDirectories(folder.resolve("home"));
    Path token = Files.writeString(folder.resolve("token"), slurm.variable("TWINFLOW_SLURM_TOKEN"));
    Files.writeString(
        folder.resolve("home/twinflow.yaml"),
        """
        sites:
          hpc:
            type: slurm
            rest: %s
            user: %s
            token: {file: %s}
            folder: %s
            poll: 200ms
            raise: {memory: 1G}
        """
            .formatted(
                slurm.variable("TWINFLOW_SLURM_URL"),
                slurm.variable("TWINFLOW_SLURM_USER"),
                token,
                folder.resolve("shared")));
  }

  @Test
  void aToolThatIsKilledForItsMemoryGetsMoreAndEndsWell() throws Exception {
    Path count = folder.resolve("count");
    Tools.shell(
        folder.resolve("hungry.cwl"),
        HUNGRY.replace("COUNT", count.toString()),
        "requirements: {ResourceRequirement: {ramMin: 128}}\ninputs: []\noutputs: []");
    try (SlurmPeer slurm = new SlurmPeer(peers, Map.of("TWINFLOW_SLURM_MEMORY", "kept"))) {
      configure(slurm);
      CommandRun run = twinflow("run", "--site", "hpc", "hungry.cwl");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(count).hasContent("ran with 128\nran with 256\n");
      assertThat(twinflow("show", "latest", "hungry").out())
          .contains("with 256 MiB of memory, as 128 MiB were too little");
    }
  }
}
