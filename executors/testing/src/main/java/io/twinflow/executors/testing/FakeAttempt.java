package io.twinflow.executors.testing;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import org.jspecify.annotations.Nullable;

/** One attempt at the fake site. */
final class FakeAttempt {

  final BatchKey batch;
  final TaskSpec task;
  TaskState state = new TaskState.Queued("waits for the test");
  @Nullable FakeEnd end;
  int starts;
  int toolRuns;
  boolean released;

  FakeAttempt(BatchKey batch, TaskSpec task) {
    this.batch = batch;
    this.task = task;
  }

  boolean hasEnded() {
    return switch (state) {
      case TaskState.Queued queued -> false;
      case TaskState.Running running -> false;
      case TaskState.Ended ended -> true;
      case TaskState.Lost lost -> true;
    };
  }
}
