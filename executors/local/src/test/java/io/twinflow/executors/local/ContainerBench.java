package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs tasks in containers of one engine, and asks the engine itself. */
final class ContainerBench {

  static final ContainerSpec BASE = ContainerSpec.pull(NeedsEngine.BASE, null);

  private final Path root;
  private final ContainerChoice choice;
  private long batches;

  ContainerBench(Path root, ContainerChoice choice) {
    this.root = root;
    this.choice = choice;
  }

  LocalExecutor open() {
    return new LocalExecutor(
        LocalOptions.in(root).withContainers(choice).withGrace(Duration.ofSeconds(1)));
  }

  static AttemptKey key() {
    return Tasks.key("c" + ProcessHandle.current().pid(), System.nanoTime() / 1000, 1);
  }

  static TaskBuilder shell(LocalExecutor executor, ContainerSpec container, String script) {
    return shell(executor, key(), container, script);
  }

  static TaskBuilder shell(
      LocalExecutor executor, AttemptKey key, ContainerSpec container, String script) {
    return new TaskBuilder(key, executor.layout(key, true), List.of("sh", "-c", script), container);
  }

  BatchHandle submit(LocalExecutor executor, TaskBuilder task) throws Exception {
    AttemptKey key = task.build().attempt();
    BatchKey batch = new BatchKey(key.installation(), key.run(), ++batches);
    return executor.submit(new Batch(batch, List.of(task.build())));
  }

  static TaskState end(LocalExecutor executor, BatchHandle handle) throws Exception {
    while (true) {
      for (Observation o : executor.observe(List.of(handle), Duration.ofSeconds(30))) {
        if (o.state() instanceof TaskState.Ended || o.state() instanceof TaskState.Lost) {
          return o.state();
        }
      }
    }
  }

  TaskResult run(LocalExecutor executor, TaskBuilder task) throws Exception {
    return ((TaskState.Ended) end(executor, submit(executor, task))).result();
  }

  Outcome outcome(ContainerSpec image, String script) throws Exception {
    try (LocalExecutor executor = open()) {
      return run(executor, shell(executor, image, script)).outcome();
    }
  }

  /** What a script wrote, which must succeed. */
  String output(ContainerSpec image, String script) throws Exception {
    try (LocalExecutor executor = open()) {
      TaskBuilder task = shell(executor, image, script);
      Outcome outcome = run(executor, task).outcome();
      if (!outcome.equals(new Outcome.Exited(0))) {
        throw new AssertionError(outcome + log(executor, task, LogStream.STDERR));
      }
      return log(executor, task, LogStream.STDOUT);
    }
  }

  static String log(LocalExecutor executor, TaskBuilder task, LogStream stream) throws IOException {
    try (var log = executor.log(task.build().attempt(), stream)) {
      return new String(log.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  String engineName() {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  String engine(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(engineName()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }
}
