package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.NeedsDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tool that nothing limits and that the system kills for memory. Where memory runs out is in a
 * container that the tool starts, so that the machine of the tests survives it; then the tool is
 * killed as it would have been.
 */
@Timeout(180)
class RaiseHereIT {

  private static final String IMAGE = "debian:stable-slim";

  @TempDir private Path folder;

  @BeforeAll
  static void needsDocker() {
    NeedsDocker.withImage(IMAGE);
  }

  @BeforeEach
  void configure() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/twinflow.yaml"), "sites:\n  local:\n    raise: {memory: 512M}\n");
  }

  /**
   * @param others what one waits for, as the marks of who runs beside it
   */
  private CommandRun run(String marks, String others) throws Exception {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    Files.writeString(
        folder.resolve("w.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {marks: "string[]"}
        outputs: []
        steps:
          hungry:
            scatter: mark
            in: {mark: marks}
            out: []
            run:
              class: CommandLineTool
              requirements: {ResourceRequirement: {ramMin: 200}}
              baseCommand: [sh, -c]
              arguments:
                - |
                  echo $(runtime.ram) >> %1$s/$(inputs.mark)
                  if [ $(runtime.ram) -lt 400 ]; then
                    for other in %2$s; do
                      until [ -e "%1$s/$other" ]; do sleep 0.1; done
                    done
                    docker --host %3$s run --rm --network none --memory 16m %4$s tail /dev/zero
                    kill -9 $$
                  fi
              inputs: {mark: string}
              outputs: []
        """
            .formatted(folder, others, host, IMAGE));
    Files.writeString(folder.resolve("job.yml"), "marks: [%s]\n".formatted(marks));
    return CommandRun.in(folder).call("run", "--cores", "2", "w.cwl", "job.yml");
  }

  @Test
  void whoeverRanBesideOthersGetsMore() throws Exception {
    CommandRun run = run("a, b", "a b");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("a")).hasContent("200\n400\n");
    assertThat(folder.resolve("b")).hasContent("200\n400\n");
    assertThat(CommandRun.in(folder).call("show", "latest", "hungry").out())
        .contains("with 400 MiB of memory, as 200 MiB were too little");
  }

  @Test
  void whoeverHadTheMachineToItselfDoesNot() throws Exception {
    CommandRun run = run("a", "a");
    assertThat(run.code()).isEqualTo(Trial.FAILURE);
    assertThat(run.err()).contains("killed it because memory ran out", "200 MiB");
    assertThat(folder.resolve("a")).hasContent("200\n");
  }
}
