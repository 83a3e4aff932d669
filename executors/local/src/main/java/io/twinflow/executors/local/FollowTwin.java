package io.twinflow.executors.local;

import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.local.process.ProcessIdentity;
import io.twinflow.executors.local.process.ProcessTree;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Somebody else has claimed the attempt: this copy runs nothing, and tells how the other one ended.
 */
record FollowTwin(AttemptFolder folder, Attempt attempt) {

  private static final Duration POLL = Duration.ofMillis(50);

  /** A twin that neither runs nor has a result for so long has died. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  TaskState toItsEnd() throws IOException {
    long silentSince = System.nanoTime();
    while (true) {
      Optional<TaskResult> result = Records.readResult(folder.record());
      if (result.isPresent()) {
        return new TaskState.Ended(result.get());
      }
      if (folder.isRevoked()) {
        return new TaskState.Lost("it was given up by the engine that took the run over");
      }
      if (attempt.stopped().isPresent()) {
        return new TaskState.Lost("stopped here; it was started somewhere else");
      }
      if (tree().runs()) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > SILENCE.toNanos()) {
        return new TaskState.Lost(
            "it was started before, and its process is gone without a result");
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TaskState.Lost("stopped here; it was started somewhere else");
      }
    }
  }

  private ProcessTree tree() throws IOException {
    ProcessIdentity process = Records.readProcess(folder.record()).orElse(null);
    return new ProcessTree(Marker.of(attempt.key()).variable(), process);
  }
}
