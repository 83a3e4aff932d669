package io.twinflow.executors.local;

import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.local.process.Spawner;
import java.time.Clock;
import java.time.Duration;

/** What a running attempt needs of the executor around it. */
interface LocalSite {

  /** How long a process that was sent SIGKILL may take to vanish. */
  Duration PATIENCE = Duration.ofSeconds(10);

  AttemptPaths paths();

  Ground ground(TaskSpec task) throws AttemptFailure;

  Spawner spawner();

  Clock clock();

  String host();

  Duration grace();

  void tell(Attempt attempt, TaskState state);

  /** Whether it has run beside others, at any time. */
  boolean hadNeighbours(Attempt attempt);

  void background(Runnable work);

  /** Stops the attempt when its time is up, unless the answer is run before. */
  Runnable watchTime(Attempt attempt);
}
