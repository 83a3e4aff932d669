package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.TaskSpec;

/** A task as the bundle sees it, which runs in the task's image already. */
final class InImage {

  private InImage() {}

  static TaskSpec of(TaskSpec task) {
    return new TaskSpec(
        task.attempt(),
        task.name(),
        task.command(),
        task.displayCommand(),
        task.environment(),
        task.stdin(),
        task.stdout(),
        task.stderr(),
        task.layout(),
        task.staging(),
        task.resources(),
        null,
        task.timeLimit(),
        task.networkAccess(),
        task.collect());
  }
}
