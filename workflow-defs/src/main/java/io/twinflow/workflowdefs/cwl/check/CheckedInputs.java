package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/**
 * Inputs that fit a process.
 *
 * @param inputs a value for each input of the process, defaults put in
 * @param requirements of {@code cwl:requirements} in the input object; they hold for the whole run
 * @param warnings findings that do not stop a run
 */
public record CheckedInputs(
    RecordValue inputs, List<Requirement> requirements, List<Problem> warnings) {
  public CheckedInputs {
    requirements = List.copyOf(requirements);
    warnings = List.copyOf(warnings);
  }
}
