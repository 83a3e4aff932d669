package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MPIRequirement with a real MPI (Open MPI). */
class MpiIT {

  @TempDir private Path folder;

  /** Open MPI starts as root, and more ranks than there are cores, only when it is told to. */
  @BeforeEach
  void write() throws Exception {
    Files.writeString(
        folder.resolve("ranks.cwl"),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        requirements:
          "cwltool:MPIRequirement": {processes: $(inputs.ranks)}
          EnvVarRequirement:
            envDef:
              OMPI_ALLOW_RUN_AS_ROOT: "1"
              OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1"
              OMPI_MCA_rmaps_base_oversubscribe: "1"
        baseCommand: [sh, -c, 'echo "$OMPI_COMM_WORLD_RANK of $OMPI_COMM_WORLD_SIZE"']
        inputs: {ranks: int}
        stdout: ranks.txt
        outputs: {said: stdout}
        """);
  }

  @Test
  void asManyRanksRunAsWereAskedFor() throws Exception {
    boolean there = Files.isExecutable(Path.of("/usr/bin/mpirun"));
    String advice = "no mpirun: apt-get install openmpi-bin";
    if ("true".equals(System.getenv("CI"))) {
      Assertions.assertTrue(there, advice);
    }
    Assumptions.assumeTrue(there, advice);

    CommandRun run =
        CommandRun.in(folder).call("run", "--outdir", "out", "ranks.cwl", "--ranks", "3");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("out/ranks.txt")))
        .containsExactlyInAnyOrder("0 of 3", "1 of 3", "2 of 3");
  }

  @Test
  void withoutAnMpiTheMissingLauncherIsNamed() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("/bin/sh"));

    CommandRun run =
        CommandRun.in(folder).with("PATH", bin.toString()).call("run", "ranks.cwl", "--ranks", "2");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("mpirun");
  }
}
