package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  private static Set<AttemptKey> awaitAll(LocalExecutor executor, BatchHandle handle)
      throws Exception {
    Set<AttemptKey> ended = new HashSet<>();
    while (ended.size() < handle.attempts().size()) {
      for (Observation o : executor.observe(List.of(handle), Duration.ofSeconds(30))) {
        switch (o.state()) {
          case TaskState.Queued queued -> {}
          case TaskState.Running running -> {}
          case TaskState.Ended end -> ended.add(o.attempt());
          case TaskState.Lost lost -> ended.add(o.attempt());
        }
      }
    }
    return ended;
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
      executor.cancel(endless.subList(0, 5));
      Thread.sleep(300);
      executor.cancel(endless);
      Set<AttemptKey> ended = awaitAll(executor, handle);
      assertThat(Marked.processes(Tasks.INSTALLATION, RUN)).isEmpty();
      executor.release(ended);
      assertThat(root.resolve("temporary")).isEmptyDirectory();
    }
  }

  @Test
  void closingLeavesNoProcess() throws Exception {
    String run = RUN + "c";
    try (LocalExecutor executor = open()) {
      AttemptKey key = Tasks.key(run, 1, 1);
      BatchHandle handle =
          executor.submit(
              new Batch(
                  new BatchKey(Tasks.INSTALLATION, run, 1),
                  List.of(Tasks.task(executor, key, CHILD + "sleep 300"))));
      while (Marked.processes(Tasks.INSTALLATION, run).size() < 3) {
        executor.observe(List.of(handle), Duration.ofMillis(20));
      }
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
        for (AttemptKey key : awaitAll(executor, handle)) {
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
      assertThat(openFiles()).isEqualTo(before);
      assertThat(held.read()).isPositive();
    }
  }
}
