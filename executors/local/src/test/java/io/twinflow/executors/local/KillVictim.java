package io.twinflow.executors.local;

import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An engine that is killed while it works: submits one batch and observes it for ever. */
final class KillVictim {

  static final int TASKS = 12;

  /** Some end at once, some stay, and all leave a child in a session of its own behind. */
  static final String SCRIPT =
      "setsid sh -c 'trap \"\" TERM; sleep 300' & echo run >> \"$TRACE\"; sleep ";

  private KillVictim() {}

  static TaskSpec task(LocalExecutor executor, String run, int number, int attempt, Path root) {
    String seconds = number % 3 == 0 ? "300" : "0.0" + number;
    return Tasks.shell(executor, Tasks.key(run, number, attempt), SCRIPT + seconds)
        .environment("TRACE", root.resolve("trace." + number).toString())
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    String run = arguments[1];
    LocalExecutor executor =
        new LocalExecutor(LocalOptions.in(root).withContainers(ContainerChoice.NONE).withCores(4));
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 1; i <= TASKS; i++) {
      tasks.add(task(executor, run, i, 1, root));
    }
    Files.createFile(root.resolve("ready"));
    BatchHandle handle =
        executor.submit(new Batch(new BatchKey(Tasks.INSTALLATION, run, 1), tasks));
    while (true) {
      executor.observe(List.of(handle), Duration.ofSeconds(1));
    }
  }
}
