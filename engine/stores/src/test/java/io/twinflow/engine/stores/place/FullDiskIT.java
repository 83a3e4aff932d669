package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site whose disk, a real one in memory, has no room for an input, or to send an output from. */
@Timeout(180)
class FullDiskIT {

  @TempDir private Path root;
  private StoreBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new StoreBench(root, Duration.ofMinutes(10));
    Files.createDirectories(root.resolve("site"));
    Files.writeString(root.resolve("twinflow.sh"), RemoteTasks.script());
    assumeTrue(
        onSmallDisk("true").start().waitFor() == 0,
        "this user may not mount a disk in memory (unshare, mount)");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  /** 12 MiB, which are gone with the process. */
  private ProcessBuilder onSmallDisk(String command) {
    return new ProcessBuilder(
            "unshare",
            "-Urm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=12m none '%s' && %s".formatted(root.resolve("site"), command))
        .redirectErrorStream(true);
  }

  private Outcome.Failed run(Attempt attempt, TaskBuilder task) throws Exception {
    bench.tasks.write(task.build());
    ProcessBuilder builder = onSmallDisk("exec sh '%s'".formatted(root.resolve("twinflow.sh")));
    builder.environment().putAll(bench.tasks.environment(attempt.key()));
    builder.environment().put("TWINFLOW_PART_MIB", "5");
    builder.environment().put("TWINFLOW_PATIENCE", "45");
    Outcome outcome = attempt.result(Attempt.said(builder.start())).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  @Test
  void anInputThatDoesNotFitIsSaidToAtOnce() throws Exception {
    Path large = root.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(20 << 20);
    }
    Attempt attempt = Attempt.at(bench);
    Outcome.Failed failed = run(attempt, attempt.task("true").link(large, "large"));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains(large.toString(), "is full");
  }

  @Test
  void anOutputThatCannotBeCutIntoPartsIsSaidToBe() throws Exception {
    Attempt attempt = Attempt.at(bench);
    Outcome.Failed failed =
        run(attempt, attempt.task("dd if=/dev/zero of=large bs=1048576 count=10"));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains("is full");
  }
}
