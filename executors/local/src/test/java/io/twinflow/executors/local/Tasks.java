package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.TaskBuilder;
import java.util.List;

/** Makes the tasks of this module's own tests. */
final class Tasks {

  static final String INSTALLATION = "localtest";

  private Tasks() {}

  static AttemptKey key(String run, long task, int attempt) {
    return new AttemptKey(INSTALLATION, run, task, attempt);
  }

  static TaskBuilder shell(LocalExecutor executor, AttemptKey key, String script) {
    return new TaskBuilder(key, executor.layout(key, false), List.of("sh", "-c", script), null);
  }

  static TaskSpec task(LocalExecutor executor, AttemptKey key, String script) {
    return shell(executor, key, script).build();
  }
}
