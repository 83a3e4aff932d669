package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cancel does not wait until gigabytes of inputs are in place. */
@Timeout(60)
class CancelStagingIT {

  private static final String RUN = "staging" + ProcessHandle.current().pid();

  /** A copy takes seconds; of it only what is copied before the cancel comes takes disk. */
  private static final long BYTES = 8L << 30;

  @TempDir private Path root;

  @Test
  void breaksTheCopyingOfAnInputOff() throws Exception {
    Path input = hole("input.bin");
    try (LocalExecutor executor =
        new LocalExecutor(LocalOptions.in(root).withContainers(ContainerChoice.NONE))) {
      AttemptKey key = Tasks.key(RUN, 1, 1);
      TaskBuilder builder = Tasks.shell(executor, key, "touch ran");
      Path copy = Path.of(builder.layout().outdir(), "copy.bin");
      TaskSpec task =
          builder.stage(new Staging.Copy(input.toUri(), copy.toString(), false)).build();
      BatchHandle handle =
          executor.submit(new Batch(new BatchKey(Tasks.INSTALLATION, RUN, 1), List.of(task)));
      while (!Files.exists(copy)) {
        Thread.onSpinWait();
      }
      executor.cancel(List.of(key));
      assertThat(end(executor, handle))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
      assertThat(Files.size(copy)).isLessThan(BYTES);
      assertThat(copy.resolveSibling("ran")).doesNotExist();
    }
  }

  private Path hole(String name) throws IOException {
    Path file = root.resolve(name);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(BYTES);
    }
    return file;
  }

  private static Outcome end(LocalExecutor executor, BatchHandle handle) throws Exception {
    while (true) {
      for (Observation o : executor.observe(List.of(handle), Duration.ofSeconds(30))) {
        if (o.state() instanceof TaskState.Ended ended) {
          return ended.result().outcome();
        }
      }
    }
  }
}
