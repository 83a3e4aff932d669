package io.twinflow.engine.core.run;

import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way to a task's outputs without an attempt: the call cache, or the run that this one continues.
 * A shortcut that cannot be used is no failure. Safe for many threads.
 */
public interface Shortcut {

  /** Called before each attempt; may read files, and answers at once if it knows nothing. */
  Answer look(Question question);

  /** Called after a task with a key was journaled as succeeded by an attempt. */
  void keep(CacheKey key, Kept kept);

  /**
   * @param address of the task
   * @param inputs as the links gave them
   * @param prepared the attempt as it would be submitted; null for an expression
   */
  record Question(
      String address,
      PlannedProcess.Task process,
      RecordValue inputs,
      @Nullable PreparedTask prepared) {}

  /**
   * @param found the outputs and where they come from; empty if there are none
   * @param key under which the outputs of an attempt will be kept; null if they will not
   */
  record Answer(Optional<Hit> found, @Nullable CacheKey key) {
    public static final Answer NOTHING = new Answer(Optional.empty(), null);
  }

  /** Outputs that are there already. */
  record Hit(RecordValue outputs, Origin origin) {}

  /**
   * @param task its number in the run
   * @param imageDigest of the container that made the outputs; empty without one
   */
  record Kept(
      long task,
      String address,
      RecordValue outputs,
      List<ArtifactIdentity> artifacts,
      Optional<String> imageDigest) {
    public Kept {
      artifacts = List.copyOf(artifacts);
    }
  }
}
