package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, and what a system sends when it shuts down. */
class CancelIT {

  private static final String WITH_GRANDCHILDREN =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c]
      inputs: {mark: {type: string}}
      arguments:
        - 'touch "$0.started"; (sleep 1000 & sleep 1000 & wait) & sleep 1000; echo done'
        - $(inputs.mark)
      outputs: []
      """;

  private static final String STUBBORN =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c]
      inputs: {mark: {type: string}}
      arguments:
        - 'trap "" TERM INT HUP; touch "$0.started"; while :; do sleep 1; done'
        - $(inputs.mark)
      outputs: []
      """;

  /** Its output is one hole: it takes no disk, and minutes to read. */
  private static final String HUGE =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      baseCommand: [sh, -c]
      inputs: {mark: {type: string}}
      arguments:
        - 'truncate -s 1T huge.bin; touch "$0.started"'
        - $(inputs.mark)
      outputs: {huge: {type: File, outputBinding: {glob: huge.bin}}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTools() throws Exception {
    Files.writeString(folder.resolve("family.cwl"), WITH_GRANDCHILDREN);
    Files.writeString(folder.resolve("stubborn.cwl"), STUBBORN);
    Files.writeString(folder.resolve("huge.cwl"), HUGE);
  }

  private ChildTwinflow running(String tool) throws Exception {
    Path mark = folder.resolve("mark");
    ChildTwinflow child =
        ChildTwinflow.start(folder, List.of(), "run", tool, "--mark", mark.toString());
    await()
        .atMost(Duration.ofSeconds(30))
        .failFast("the run ended early", () -> !child.isAlive())
        .until(() -> Files.exists(Path.of(mark + ".started")));
    return child;
  }

  @Test
  void interruptStopsTheWholeFamilyAndSaysHowToGoOn() throws Exception {
    endsInGoodOrder("INT", 130);
  }

  @Test
  void terminateDoesTheSame() throws Exception {
    endsInGoodOrder("TERM", 130);
  }

  private void endsInGoodOrder(String signal, int code) throws Exception {
    ChildTwinflow child = running("family.cwl");

    child.signal(signal);

    assertThat(child.await(30)).as(child.err()).isEqualTo(code);
    assertThat(child.out()).isEmpty();
    assertThat(child.err()).contains("cancelled", "twinflow retry").doesNotContain("\tat ");
    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(CommandRun.in(folder).call("runs").out()).contains("cancelled");
  }

  /** The same signal twice within a moment counts once, so it is sent until it is believed. */
  @Test
  void interruptBreaksTheReadingOfAHugeOutputOff() throws Exception {
    ChildTwinflow child = running("huge.cwl");
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> opened(child, "huge.bin"));

    child.signal("INT");

    assertThat(child.await(10)).as(child.err()).isEqualTo(130);
    assertThat(child.err()).contains("cancelled").doesNotContain("\tat ");
    assertThat(Leftovers.processes(folder)).isEmpty();
  }

  private static boolean opened(ChildTwinflow child, String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/%d/fd".formatted(child.pid())))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).endsWith(name)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aSecondInterruptEndsAtOnce() throws Exception {
    ChildTwinflow child = running("stubborn.cwl");

    child.signal("INT");
    await().atMost(Duration.ofSeconds(30)).until(() -> child.err().contains("again: stop at once"));
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> {
          child.signal("INT");
          return !child.isAlive();
        });

    assertThat(child.await(30)).isEqualTo(130);
    assertThat(child.err()).contains("stopped at once");
    await().atMost(Duration.ofSeconds(5)).until(() -> Leftovers.processes(folder).isEmpty());
  }
}
