package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are not there, or cannot be read. */
class BadRunIT {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void openTrial() {
    trial = new Trial(folder);
  }

  @Test
  void anUnknownRunGetsTheNearestOne() throws IOException {
    trial.tool("true.cwl", "true", "inputs: []\noutputs: []");
    trial.run("true.cwl");

    for (String command : new String[] {"show", "resume", "retry", "logs"}) {
      CommandRun run = CommandRun.in(folder).call(command, "19990101-000000-aaaaaa");
      assertThat(run.code()).as(command).isEqualTo(Trial.FAILURE);
      assertThat(run.err()).as(command).contains("no such run", "twinflow runs");
    }
  }

  @Test
  void aDamagedJournalIsRefusedAndTheOtherRunsAreStillListed() throws IOException {
    trial.tool("true.cwl", "true", "inputs: []\noutputs: []");
    trial.run("true.cwl");
    trial.run("true.cwl");
    Path journal;
    try (var runs = Files.list(folder.resolve("home/runs"))) {
      journal = runs.sorted().findFirst().orElseThrow().resolve("journal");
    }
    byte[] bytes = Files.readAllBytes(journal);
    bytes[60] ^= 0x55;
    Files.write(journal, bytes);
    String id = journal.getParent().getFileName().toString();

    CommandRun show = CommandRun.in(folder).call("show", id);
    CommandRun list = CommandRun.in(folder).call("runs");

    assertThat(show.code()).isEqualTo(Trial.FAILURE);
    assertThat(show.err()).contains("journal").doesNotContain("\tat ", "a defect");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("unreadable", "succeeded");
  }
}
