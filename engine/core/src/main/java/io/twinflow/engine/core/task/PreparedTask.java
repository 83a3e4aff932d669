package io.twinflow.engine.core.task;

import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/**
 * An attempt that can be submitted, and what is needed afterwards to collect its outputs. A pure
 * function of tool, inputs, attempt and site, so that it can be made again after a crash.
 *
 * @param inputs with defaults, and with paths as the tool sees them
 * @param runtime CWL's {@code runtime} object
 * @param chosen where it goes, and why
 * @param notices what a person should be told once (a hint that is not followed …)
 */
public record PreparedTask(
    TaskSpec spec,
    ChooseSite.Chosen chosen,
    RecordValue inputs,
    RecordValue runtime,
    List<String> notices) {
  public PreparedTask {
    notices = List.copyOf(notices);
  }
}
