package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.time.Duration;

/** What a tool stands on: this machine, or a container on it. */
interface Ground {

  /** Makes everything ready that the tool needs to start, in the folders of its attempt. */
  Ready prepare(TaskSpec task, AttemptFolder folder, AttemptPaths paths)
      throws IOException, AttemptFailure;

  ToolPaths paths(TaskSpec task, AttemptFolder folder, AttemptPaths paths);

  /**
   * Surely ends what an engine that died may have left running of an attempt, apart from processes.
   *
   * @return whether nothing is left
   */
  boolean stopRemains(AttemptKey attempt, Duration grace) throws IOException;
}
