package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine is killed at random moments; the next one finds what is true and leaves nothing over.
 */
class KilledEngineIT {

  private static final int SPREAD_MILLIS = 500;

  @Test
  void theNextEngineStopsWhatRunsAndKnowsWhatEnded(@TempDir Path folder) throws Exception {
    rounds(folder, 20, 1);
  }

  @Test
  @Tag("long")
  void theNextEngineDoesSoManyTimes(@TempDir Path folder) throws Exception {
    rounds(folder, 300, System.nanoTime());
  }

  private static void rounds(Path folder, int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Path root = Files.createDirectory(folder.resolve("k" + round));
      String run = "k" + round + "x" + ProcessHandle.current().pid();
      int moment = random.nextInt(SPREAD_MILLIS);
      killAfter(root, run, moment);
      assertThatTheNextEngineIsRight(root, run, "seed %d, round %d".formatted(seed, round));
    }
  }

  private static void killAfter(Path root, String run, int millis) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KillVictim.class.getName(),
                root.toString(),
                run)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("victim.log").toFile())
            .start();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(root.resolve("ready")) || !victim.isAlive());
    assertThat(victim.isAlive()).as(() -> read(root.resolve("victim.log"))).isTrue();
    Thread.sleep(millis);
    victim.destroyForcibly().waitFor();
  }

  private static void assertThatTheNextEngineIsRight(Path root, String run, String when)
      throws Exception {
    LocalOptions options = LocalOptions.in(root).withContainers(ContainerChoice.NONE);
    List<AttemptKey> keys =
        LongStream.rangeClosed(1, KillVictim.TASKS).mapToObj(i -> Tasks.key(run, i, 1)).toList();
    try (LocalExecutor next = new LocalExecutor(options)) {
      Optional<BatchHandle> found = next.find(new BatchKey(Tasks.INSTALLATION, run, 1), keys);
      assertThat(Marked.processes(Tasks.INSTALLATION, run)).as(when).isEmpty();
      Map<AttemptKey, TaskState> states = new HashMap<>();
      if (found.isPresent()) {
        for (Observation o : next.observe(List.of(found.get()), Duration.ofSeconds(5))) {
          states.put(o.attempt(), o.state());
        }
        assertThat(states.keySet()).as(when).isEqualTo(found.get().attempts());
      }
      for (AttemptKey key : keys) {
        long runs = runs(root.resolve("trace." + key.task()));
        TaskState state = states.get(key);
        if (state instanceof TaskState.Ended ended) {
          assertThat(ended.result().outcome()).as(when).isEqualTo(new Outcome.Exited(0));
          assertThat(runs).as(when).isEqualTo(1);
        } else if (state == null) {
          assertThat(runs).as("%s: %s was never started", when, key).isZero();
        } else {
          assertThat(state).as(when).isInstanceOf(TaskState.Lost.class);
          assertThat(runs).as(when).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  private static long runs(Path trace) throws IOException {
    if (!Files.exists(trace)) {
      return 0;
    }
    try (var lines = Files.lines(trace)) {
      return lines.count();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
