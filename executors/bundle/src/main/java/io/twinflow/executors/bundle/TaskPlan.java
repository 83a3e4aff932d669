package io.twinflow.executors.bundle;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.container.ContainerEngines;
import io.twinflow.executors.bundle.container.ContainerPlan;
import io.twinflow.executors.bundle.container.ContainerRun;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as its site is told of it.
 *
 * @param variables of the tool, for a container engine that reads them from a file; may be secret
 */
public record TaskPlan(TaskFile file, @Nullable String variables) {

  /**
   * @param staging of the task, with the folders opened that later entries put something into
   * @param folder of the attempt, as the site sees it
   * @throws AttemptFailure if the task can never run like this
   */
  public static TaskPlan of(
      TaskSpec task, List<Staging> staging, BundleFolder folder, Containers containers)
      throws AttemptFailure {
    if (task.container() == null || !(containers instanceof Containers.OfScript ofScript)) {
      return new TaskPlan(new TaskFile(task, folder, staging, null), null);
    }
    ContainerPlan plan = ContainerPlan.of(task.layout(), staging, folder);
    ContainerRun run = ContainerRun.of(engine(task, ofScript.engine()), task, folder, plan);
    return new TaskPlan(new TaskFile(task, folder, plan.staging(), run), run.variablesFile());
  }

  private static ContainerTemplate engine(TaskSpec task, @Nullable ContainerTemplate engine)
      throws AttemptFailure {
    if (engine == null) {
      throw new AttemptFailure(
          FailureKind.USER,
          "needs a container (%s), and this site is configured without any; set its container to %s"
              .formatted(task.container(), ContainerEngines.NAMES));
    }
    return engine;
  }
}
