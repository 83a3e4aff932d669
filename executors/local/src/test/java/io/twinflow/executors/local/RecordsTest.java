package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.local.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

  private static final TaskResult.Usage USAGE =
      new TaskResult.Usage(
          "host",
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2026-01-01T00:00:01.5Z"),
          Instant.parse("2026-01-01T00:00:02Z"),
          Duration.ofMillis(1234),
          5_000_000_000L);

  @TempDir private Path folder;

  @Test
  void aResultIsReadAsItWasWritten() throws Exception {
    Path file = folder.resolve("result");
    TaskResult exited = new TaskResult(new Outcome.Exited(7), USAGE, "4711", "sha256:ab");
    Records.writeResult(file, exited);
    assertThat(Records.readResult(file)).contains(exited);
  }

  @Test
  void reasonsMayHoldAnything() throws Exception {
    Path file = folder.resolve("result");
    TaskResult failed =
        new TaskResult(
            new Outcome.Failed(FailureKind.TASK, "a=b\\n\n\r\tü\\\nend\n"),
            new TaskResult.Usage("h", Instant.EPOCH, null, Instant.EPOCH, null, null),
            "",
            null);
    Records.writeResult(file, failed);
    assertThat(Records.readResult(file)).contains(failed);
  }

  @Test
  void whatWasShortIsKept() throws Exception {
    Path file = folder.resolve("result");
    TaskResult failed =
        new TaskResult(
            new Outcome.Failed(FailureKind.RESOURCES, "killed", new Shortage.Memory()),
            USAGE,
            "1",
            null);
    Records.writeResult(file, failed);
    assertThat(Records.readResult(file)).contains(failed);
  }

  @Test
  void aRecordThatWasCutOffCountsAsNone() throws Exception {
    Path whole = folder.resolve("result");
    Records.writeResult(whole, new TaskResult(new Outcome.Exited(0), USAGE, "1", null));
    String text = Files.readString(whole);
    for (int length = 0; length < text.length() - 1; length++) {
      Path torn = Files.writeString(folder.resolve("torn"), text.substring(0, length));
      assertThat(Records.readResult(torn)).as("first %d characters", length).isEmpty();
    }
    assertThat(Records.readResult(folder.resolve("none"))).isEmpty();
  }

  @Test
  void aProcessIsReadAsItWasWritten() throws Exception {
    Path file = folder.resolve("process");
    ProcessIdentity process = new ProcessIdentity(42, "123456", "boot");
    Records.writeProcess(file, process);
    assertThat(Records.readProcess(file)).contains(process);
  }

  @Test
  void keepsTheProcessAndItsEndInOneFile() throws Exception {
    Path file = folder.resolve("record");
    ProcessIdentity process = new ProcessIdentity(7, "8", "9");
    Records.writeProcess(file, process);
    assertThat(Records.readResult(file)).isEmpty();
    TaskResult end =
        new TaskResult(
            new TaskResult.Outcome.Failed(FailureKind.TASK, "(whole)\n=(whole)"),
            new TaskResult.Usage("here", Instant.EPOCH, null, Instant.EPOCH, null, null),
            "7",
            null);
    Records.writeResult(file, end);
    assertThat(Records.readProcess(file)).contains(process);
    assertThat(Records.readResult(file)).contains(end);
  }
}
