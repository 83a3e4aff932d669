package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left over: no process, no temporary file, no open file. */
class LeakIT {

  private static final String RUN = "leak" + ProcessHandle.current().pid();
  private static final String CHILD = "setsid sh -c 'trap \"\" TERM; sleep 300' & ";

  @TempDir private Path root;

  private LocalExecutor open() {
    return new LocalExecutor(
        LocalOptions.in(root)
            .withContainers(ContainerChoice.NONE)
            .withTmpdirPrefix(root.resolve("temporary") + "/t-")
            .withGrace(Duration.ofMillis(300)));
  }

  private static long openFiles() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void successFailureAndCancellationLeaveNothing() throws Exception {
    try (LocalExecutor executor = open()) {
      List<TaskSpec> tasks = new ArrayList<>();
      List<AttemptKey> endless = new ArrayList<>();
      for (int i = 1; i <= 30; i++) {
        AttemptKey key = Tasks.key(RUN, i, 1);
        String end = List.of("exit 0", "exit 3", "sleep 300").get(i % 3);
        if (i % 3 == 2) {
          endless.add(key);
        }
        tasks.add(Tasks.task(executor, key, CHILD + "touch \"$TMPDIR\"/x; " + end));
      }
      BatchHandle handle =
          executor.submit(new Batch(new BatchKey(Tasks.INSTALLATION, RUN, 1), tasks));
      Watch watch = new Watch(executor, handle);
      List<AttemptKey> first = endless.subList(0, 5);
      watch.awaitStart(first.getFirst());
      executor.cancel(first);
      // Some while they stop, some that have ended, some that run, some that have not begun.
      executor.cancel(first);
      watch.awaitEnds(first);
      watch.awaitStart(endless.get(5));
      executor.cancel(endless);
      watch.awaitEnds(handle.attempts());
      assertThat(Marked.processes(Tasks.INSTALLATION, RUN)).isEmpty();
      executor.release(handle.attempts());
      assertThat(root.resolve("temporary")).isEmptyDirectory();
    }
  }

  @Test
  void closingLeavesNoProcess() throws Exception {
    String run = RUN + "c";
    try (LocalExecutor executor = open()) {
      AttemptKey key = Tasks.key(run, 1, 1);
      executor.submit(
          new Batch(
              new BatchKey(Tasks.INSTALLATION, run, 1),
              List.of(Tasks.task(executor, key, CHILD + "sleep 300"))));
      await()
          .atMost(Watch.PATIENCE)
          .until(() -> Marked.processes(Tasks.INSTALLATION, run).size() >= 3);
    }
    assertThat(Marked.processes(Tasks.INSTALLATION, run)).isEmpty();
  }

  @Test
  void noFileStaysOpenHereAndNoneIsOpenInATool() throws Exception {
    String run = RUN + "f";
    try (LocalExecutor executor = open();
        var held = Files.newInputStream(Path.of("/proc/self/status"))) {
      long before = 0;
      for (int round = 1; round <= 5; round++) {
        List<TaskSpec> tasks = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
          AttemptKey key = Tasks.key(run, round * 100L + i, 1);
          tasks.add(
              Tasks.task(
                  executor,
                  key,
                  "for f in $(seq 0 200); do [ -e /proc/$$/fd/$f ] && echo $f; done; true"));
        }
        BatchHandle handle =
            executor.submit(new Batch(new BatchKey(Tasks.INSTALLATION, run, round), tasks));
        new Watch(executor, handle).awaitEnds(handle.attempts());
        for (AttemptKey key : handle.attempts()) {
          try (var log = executor.log(key, LogStream.STDOUT)) {
            assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("0\n1\n2\n");
          }
        }
        executor.release(handle.attempts());
        if (round == 2) {
          before = openFiles();
        }
      }
      // The machine opens files of its own for a moment; a leak stays.
      long most = before;
      await().atMost(Watch.PATIENCE).until(LeakIT::openFiles, now -> now <= most);
      assertThat(held.read()).isPositive();
    }
  }
}
